import { byteCount } from "@/lib/core";

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
