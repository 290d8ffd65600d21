const units: [number, string][] = [
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
];

/** "1.12 GB", "704 MB", "93 kB" */
export function byteCount(bytes: number): string {
  const unit = units.find(([size]) => bytes >= size);
  if (!unit) return `${Math.round(bytes)} bytes`;
  const value = bytes / unit[0];
  return `${unit[1] === "GB" ? value.toFixed(2) : value < 10 ? value.toFixed(1) : Math.round(value)} ${unit[1]}`;
}
