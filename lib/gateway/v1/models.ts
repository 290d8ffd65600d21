import "server-only";
import { AppError } from "@/lib/core";
import { findAliases, findModels, getModel } from "../models";
import type { ServedModel } from "../schema";
import type { V1Request } from "./calls";
import { sendJson } from "./json";

const shown = ({ id, created, ownedBy, version }: ServedModel) => ({
  id,
  object: "model",
  created,
  owned_by: ownedBy,
  ...(version ? { version: `${version.model}@${version.number}` } : {}),
});

/** GET /v1/models: what is served, then the aliases that point to it. */
export async function listModels({ ctx, response }: V1Request): Promise<void> {
  const all = [...(await findModels(ctx)), ...(await findAliases(ctx))];
  sendJson(response, { object: "list", data: all.map(shown) });
}

/** GET /v1/models/{id}; an id may hold slashes, encoded or not. */
export async function retrieveModel({ ctx, response }: V1Request, encoded: string): Promise<void> {
  let name: string;
  try {
    name = decodeURIComponent(encoded);
  } catch (cause) {
    throw new AppError("invalid", "The model's id is not well encoded.", { param: "model", cause });
  }
  sendJson(response, shown(await getModel(ctx, name)));
}
