import { z } from "zod";
import { figure, intervalRules, metricsInput } from "@/lib/registry";

const { name, value, count } = figure.shape;

const number = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A figure as somebody types it; blank is undefined. */
const typed = z.string().transform((text, ctx) => {
  const plain = text.trim().replace("\u2212", "-");
  if (plain === "") return undefined;
  if (number.test(plain)) return Number(plain);
  ctx.addIssue("Enter a number, such as 0.81.");
  return z.NEVER;
});

/** The form of one figure, as text. */
export const metricText = z
  .object({
    name: z.string().trim().min(1, "Enter a name.").pipe(name),
    value: typed.pipe(z.number("Enter a number, such as 0.81.").pipe(value)),
    low: typed.pipe(figure.shape.low),
    high: typed.pipe(figure.shape.high),
    count: typed.pipe(count),
    source: metricsInput.shape.source,
  })
  .superRefine((values, ctx) => {
    for (const { holds, fault } of intervalRules) {
      if (!holds(values)) ctx.addIssue({ code: "custom", ...fault });
    }
  });
