import { z } from "zod";

const finite = z.number().min(-1e15).max(1e15);

interface Interval {
  value: number;
  low?: number;
  high?: number;
}

/** What a figure with an interval has to keep to, beyond its fields. */
export const intervalRules = [
  {
    holds: ({ low, high }: Interval) => (low === undefined) === (high === undefined),
    fault: { path: ["high"], message: "Enter both ends of the interval, or none." },
  },
  {
    holds: ({ value, low = value, high = value }: Interval) => low <= value && value <= high,
    fault: { path: ["low"], message: "The value lies outside this interval." },
  },
] satisfies { holds: (figure: Interval) => boolean; fault: { path: string[]; message: string } }[];

export const figure = z.strictObject({
  name: z.string().regex(/^[\w./ -]{1,100}$/, "Use letters, digits, spaces, _, ., / and -, 100 at most."),
  value: finite,
  low: finite.optional(),
  high: finite.optional(),
  count: z.number().int("Enter a whole number.").min(0).max(1e9).optional(),
});

export const metricsInput = z.strictObject({
  source: z.string().trim().min(1, "Say what measured it.").max(200, "200 characters at most."),
  metrics: z
    .array(intervalRules.reduce((schema, { holds, fault }) => schema.refine(holds, { ...fault }), figure))
    .min(1)
    .max(200)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "A metric is listed twice."),
});
export type MetricsInput = z.infer<typeof metricsInput>;
