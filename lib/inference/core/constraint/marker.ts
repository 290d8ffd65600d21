/** How much of the marker the text ends with after `length` bytes of it and one more. */
export function matchedLength(marker: Uint8Array, length: number, byte: number): number {
  if (marker[length] === byte) return length + 1;
  for (let size = length; size > 0; size--) if (isTail(marker, length, byte, size)) return size;
  return 0;
}

/** Whether the last `size` bytes of the first `length` ones and `byte` begin the marker. */
function isTail(marker: Uint8Array, length: number, byte: number, size: number): boolean {
  if (marker[size - 1] !== byte) return false;
  for (let i = 0; i < size - 1; i++) if (marker[i] !== marker[length - size + 1 + i]) return false;
  return true;
}
