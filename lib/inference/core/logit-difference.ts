/** Largest difference of two vectors relative to the largest value of the second; NaN where either is not a number or the sizes differ. */
export function relativeDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.NaN;
  let difference = 0;
  let scale = 1e-6;
  for (let i = 0; i < a.length; i++) {
    difference = Math.max(difference, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
    scale = Math.max(scale, Math.abs(b[i] ?? 0));
  }
  return difference / scale;
}
