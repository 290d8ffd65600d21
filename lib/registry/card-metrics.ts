interface CardMetric {
  name: string;
  value: number;
  low?: number;
  high?: number;
  count?: number;
}

const deepest = 3;
const most = 200;

const numberIn = (record: Record<string, unknown>, ...keys: string[]): number | undefined => {
  const found = keys.map((key) => record[key]).find((value) => typeof value === "number");
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
};

/** Figures among what a manifest says of its scores: `{ score, low?, high?, n? }` or bare numbers, nested under names. */
export function cardMetrics(scores: Record<string, unknown> | undefined): CardMetric[] {
  return found(scores ?? {}, "", 0).slice(0, most);
}

function found(value: unknown, name: string, depth: number): CardMetric[] {
  if (typeof value === "number") return Number.isFinite(value) && name ? [{ name, value }] : [];
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth > deepest) return [];
  const record = value as Record<string, unknown>;
  const score = numberIn(record, "score", "value");
  if (score === undefined || !name) {
    return Object.entries(record).flatMap(([key, inner]) =>
      found(inner, name ? `${name}.${key}` : key, depth + 1),
    );
  }
  const count = numberIn(record, "n", "count");
  const low = numberIn(record, "low");
  const high = numberIn(record, "high");
  return [
    {
      name: name.slice(0, 100),
      value: score,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      ...(count !== undefined && Number.isInteger(count) ? { count } : {}),
    },
  ];
}
