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

/** "about 190 MB": two digits, for what was worked out and not measured. */
export function aboutBytes(bytes: number): string {
  const step = 10 ** (Math.floor(Math.log10(bytes)) - 1);
  return `about ${byteCount(Math.round(bytes / step) * step).replace(/(\.\d)0 GB$/, "$1 GB")}`;
}

/** "23 s", "4 min", "1 h 20 min" */
export function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ""}`;
}
