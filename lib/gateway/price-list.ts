import "server-only";
import { AppError } from "@/lib/core";
import type { Price } from "./price";
import type { ModelPrices } from "./schema";

/** The prices, as long as each is for a model of the list. @throws AppError `unprocessable`. */
export function pricesFor(models: readonly string[], prices: ModelPrices): ModelPrices {
  const stray = Object.keys(prices).find((id) => !models.includes(id));
  if (stray === undefined) return prices;
  const message = `${stray} has a price but is not among the models.`;
  throw new AppError("unprocessable", message, { details: [{ path: "prices", message }] });
}

/** The prices of those models that stay. */
export function keptPrices(models: readonly string[], prices: ModelPrices): ModelPrices {
  return Object.fromEntries(Object.entries(prices).filter(([id]) => models.includes(id)));
}

const words = (price: Price) =>
  [price.input, price.output, ...(price.cachedInput === undefined ? [] : [price.cachedInput])].join(" / ");

/** An audit row that grows too long is cut to nothing but its size. */
const toldChanges = 40;

/** What an audit row tells of a change of prices: "input / output / cached input" by model; null is none any more. */
export function priceChanges(
  before: ModelPrices,
  after: ModelPrices,
): { pricesChanged?: number; prices?: Record<string, string | null> } {
  const old = new Map(Object.entries(before));
  const changed = new Map<string, string | null>();
  for (const [id, price] of Object.entries(after)) {
    const was = old.get(id);
    if (!was || words(was) !== words(price)) changed.set(id, words(price));
    old.delete(id);
  }
  for (const id of old.keys()) changed.set(id, null);
  if (changed.size === 0) return {};
  return { pricesChanged: changed.size, prices: Object.fromEntries([...changed].slice(0, toldChanges)) };
}
