const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** "1 call", "1,204 calls" */
export const counted = (count: number, noun: string) =>
  `${whole.format(count)} ${count === 1 ? noun : `${noun}s`}`;

export const wholeNumber = (value: number | null) => (value === null ? "unknown" : whole.format(value));

/** "412 ms", "3.4 s" */
export function duration(ms: number | null): string {
  if (ms === null) return "not measured";
  return ms < 10_000 ? `${whole.format(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** US dollars with as many digits as tell something; what no price is known for is "unknown". */
export function money(value: number | null): string {
  if (value === null) return "unknown";
  if (value === 0) return "$0";
  const digits = value >= 1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(value)));
  return `$${value.toFixed(digits)}`;
}
