/** Bytes of a file from `from` up to, but without, `to`. */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * What a Range header asks of a file (RFC 9110, 14.2). "whole" for none, for several, and for what is not
 * understood: a server may ignore it. "none" where no byte of it exists.
 */
export function readRange(header: string | null, size: number): ByteRange | "whole" | "none" {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return "whole";
  if (first === "") {
    const from = Math.max(0, size - Number(last));
    return from < size ? { from, to: size } : "none";
  }
  if (last !== "" && Number(last) < Number(first)) return "whole";
  const from = Number(first);
  const to = last === "" ? size : Math.min(size, Number(last) + 1);
  return from < size ? { from, to } : "none";
}
