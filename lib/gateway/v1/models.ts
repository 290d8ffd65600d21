import "server-only";
import { AppError } from "@/lib/core";
import { findModels, getModel } from "../models";
import type { ServedModel } from "../schema";
import type { V1Request } from "./calls";
import { sendJson } from "./json";

const shown = ({ id, created, ownedBy }: ServedModel) => ({
  id,
  object: "model",
  created,
  owned_by: ownedBy,
});

/** GET /v1/models */
export async function listModels({ ctx, response }: V1Request): Promise<void> {
  sendJson(response, { object: "list", data: (await findModels(ctx)).map(shown) });
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
