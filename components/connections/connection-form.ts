import { z } from "zod";
import { type Connection, type ConnectionTest, connectionInput, type ModelPrices } from "@/lib/gateway";
import { createConnection, updateConnection } from "@/lib/gateway/client";
import { draftFor, draftOf, priceDraft, pricesOf, readPrice } from "./price-draft";

const { name, baseUrl, models, apiKey } = connectionInput.shape;

/** The dialog's fields: an empty key means "none given". */
export const connectionForm = z
  .object({
    name,
    baseUrl,
    apiKey: z.union([z.literal(""), apiKey.unwrap()]),
    removeKey: z.boolean(),
    models: models.min(1, "Choose at least one model."),
    /** By model id; those of models that are not chosen are ignored. */
    prices: z.record(z.string(), priceDraft),
  })
  .superRefine((form, check) => {
    for (const id of form.models) {
      const { fault } = readPrice(draftFor(form.prices, id));
      if (fault) check.addIssue({ code: "custom", path: ["prices"], message: `${id}: ${fault}` });
    }
  });
export type ConnectionForm = z.infer<typeof connectionForm>;

export function initialOf(connection: Connection | undefined): ConnectionForm {
  return {
    name: connection?.name ?? "",
    baseUrl: connection?.baseUrl ?? "",
    apiKey: "",
    removeKey: false,
    models: connection?.models ?? [],
    prices: Object.fromEntries(
      Object.entries(connection?.prices ?? {}).map(([id, price]) => [id, draftOf(price)]),
    ),
  };
}

/** Tests with the key that was typed, or else with the stored one. */
export function testOf(form: ConnectionForm, connection: Connection | undefined): ConnectionTest {
  return {
    baseUrl: form.baseUrl.trim(),
    ...(form.apiKey && !form.removeKey ? { apiKey: form.apiKey } : {}),
    ...(connection && !form.removeKey ? { id: connection.id } : {}),
  };
}

/** Prices that were not touched are not sent, so that only a change of them is noted as one. */
function arePricesNew(prices: ModelPrices, { models, prices: before = {} }: Connection): boolean {
  const drafts = Object.fromEntries(Object.entries(before).map(([id, price]) => [id, draftOf(price)]));
  const kept = pricesOf(drafts, models);
  const ids = new Set([...Object.keys(prices), ...Object.keys(kept)]);
  return [...ids].some((id) => JSON.stringify(prices[id]) !== JSON.stringify(kept[id]));
}

/** Makes a connection, or changes the one that was shown. */
export function saveConnection(
  form: ConnectionForm,
  connection: Connection | undefined,
): Promise<Connection> {
  const { name, baseUrl, models } = form;
  const key = form.apiKey ? { apiKey: form.apiKey } : {};
  const prices = pricesOf(form.prices, models);
  if (!connection) {
    const priced = Object.keys(prices).length > 0 ? { prices } : {};
    return createConnection({ name, baseUrl, models, ...key, ...priced });
  }
  const keyChange = form.removeKey ? { apiKey: null } : key;
  return updateConnection(connection.id, {
    version: connection.version,
    name,
    baseUrl,
    models,
    ...keyChange,
    ...(arePricesNew(prices, connection) ? { prices } : {}),
  });
}
