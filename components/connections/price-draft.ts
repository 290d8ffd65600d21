import { z } from "zod";
import { type ModelPrices, type Price, price } from "@/lib/gateway";

/** A price as it is typed, in US dollars per million tokens; empty is unknown. */
export const priceDraft = z.object({ input: z.string(), output: z.string(), cachedInput: z.string() });
export type PriceDraft = z.infer<typeof priceDraft>;

const noPrice: PriceDraft = { input: "", output: "", cachedInput: "" };

/** A model's name and its three prices; on narrow screens the name stands above them. */
export const modelColumns =
  "grid grid-cols-[minmax(0,1fr)_repeat(3,4.75rem)] items-center gap-x-2 gap-y-1 max-sm:grid-cols-3";

const plain = (amount: number) =>
  amount.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 12 });

export function draftOf({ input, output, cachedInput }: Price): PriceDraft {
  return {
    input: plain(input),
    output: plain(output),
    cachedInput: cachedInput === undefined ? "" : plain(cachedInput),
  };
}

const amount = /^(\d+\.?\d*|\.\d+)$/;

/** The price that was typed, or what to type instead; neither where nothing was. */
export function readPrice(draft: PriceDraft): { price?: Price; fault?: string } {
  const [input = "", output = "", cached = ""] = [draft.input, draft.output, draft.cachedInput].map((text) =>
    text.trim().replace(/^\$\s*/, ""),
  );
  const typed = [input, output, cached].filter(Boolean);
  if (typed.length === 0) return {};
  if (!typed.every((text) => amount.test(text))) return { fault: "Enter prices as numbers, such as 0.15." };
  if (!input || !output) return { fault: "Enter a price for input and one for output." };
  const read = price.safeParse({
    input: Number(input),
    output: Number(output),
    ...(cached ? { cachedInput: Number(cached) } : {}),
  });
  return read.success ? { price: read.data } : { fault: read.error.issues[0]?.message };
}

/** What was typed for a model; an upstream may name one as JavaScript names what every object has. */
export function draftFor(drafts: Readonly<Record<string, PriceDraft>>, id: string): PriceDraft {
  return (Object.hasOwn(drafts, id) ? drafts[id] : undefined) ?? noPrice;
}

/** The prices typed for these models. */
export function pricesOf(
  drafts: Readonly<Record<string, PriceDraft>>,
  models: readonly string[],
): ModelPrices {
  const read = models.map((id) => [id, readPrice(draftFor(drafts, id)).price] as const);
  return Object.fromEntries(read.filter((entry): entry is [string, Price] => entry[1] !== undefined));
}
