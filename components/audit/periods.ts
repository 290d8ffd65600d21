const hourMs = 3_600_000;

const lengths = { "1h": hourMs, "24h": 24 * hourMs, "7d": 7 * 24 * hourMs, "30d": 30 * 24 * hourMs } as const;
export type Period = keyof typeof lengths;

export const periods: readonly { value: Period; label: string }[] = [
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
];

/** When a period that ends now began, to the minute, so that its view stays one link. */
export function beginningOf(period: Period, now = Date.now()): string {
  return new Date(Math.floor((now - lengths[period]) / 60_000) * 60_000).toISOString();
}
