import { z } from "zod";
import { type Connection, type ConnectionTest, connectionInput } from "@/lib/gateway";
import { createConnection, updateConnection } from "@/lib/gateway/client";

const { name, baseUrl, models, apiKey } = connectionInput.shape;

/** The dialog's fields: an empty key means "none given". */
export const connectionForm = z.object({
  name,
  baseUrl,
  apiKey: z.union([z.literal(""), apiKey.unwrap()]),
  removeKey: z.boolean(),
  models: models.min(1, "Choose at least one model."),
});
export type ConnectionForm = z.infer<typeof connectionForm>;

export function initialOf(connection: Connection | undefined): ConnectionForm {
  return {
    name: connection?.name ?? "",
    baseUrl: connection?.baseUrl ?? "",
    apiKey: "",
    removeKey: false,
    models: connection?.models ?? [],
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

/** Makes a connection, or changes the one that was shown. */
export function saveConnection(
  form: ConnectionForm,
  connection: Connection | undefined,
): Promise<Connection> {
  const { name, baseUrl, models } = form;
  const key = form.apiKey ? { apiKey: form.apiKey } : {};
  if (!connection) return createConnection({ name, baseUrl, models, ...key });
  const keyChange = form.removeKey ? { apiKey: null } : key;
  return updateConnection(connection.id, {
    version: connection.version,
    name,
    baseUrl,
    models,
    ...keyChange,
  });
}
