/** Wall time for rows and displays. */
export function now(): Date {
  return new Date();
}

/** Milliseconds from a monotonic origin: for durations, which must survive a jump of the wall clock. */
export function monotonicMs(): number {
  return performance.now();
}
