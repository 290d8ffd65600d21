const units: [number, string][] = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** 1,734,912 as "1.7 M"; what nobody told is "unknown". */
export function parameterCount(count: number | undefined): string {
  if (count === undefined) return "unknown";
  if (count === 0) return "none";
  const unit = units.find(([size]) => count >= size);
  if (!unit) return String(count);
  const value = count / unit[0];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit[1]}`;
}

const whole = new Intl.NumberFormat("en-US");

export function tokenCount(count: number | undefined): string {
  return count === undefined ? "unknown" : `${whole.format(count)} tokens`;
}
