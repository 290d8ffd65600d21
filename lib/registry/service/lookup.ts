import "server-only";
import { authorize } from "@/lib/access/server";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { versionNameOf } from "@/lib/gateway/server";
import { calledVersion } from "../called-version";
import type { RegisteredModel } from "../schema";
import { findModelIds, findModelRow } from "../store/models";
import { findServingModelIds } from "../store/versions";
import { shown } from "./models";
import { reconcile } from "./reconcile";

/**
 * The model that a name leads to: its own, the one a version of it is served under, or `model@alias` and
 * `model@number`. @throws AppError `not_found`
 */
export async function lookUpModel(ctx: Context, name: string): Promise<RegisteredModel> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const usable = await reconcile();
  const { prisma } = await db();
  const owner = versionNameOf(name)?.model;
  const ids = await findModelIds(prisma, owner === undefined ? [name] : [name, owner]);
  const candidates = [ids.get(name), ...(await findServingModelIds(prisma, name)), ids.get(owner ?? "")];
  const visible = candidates.find(
    (id) => id !== undefined && authorize(ctx.actor, "BROWSE", { kind: "registered-model", id }).allow,
  );
  const row = visible === undefined ? null : await findModelRow(prisma, { id: visible });
  if (!row) throw notFound("registered-model");
  const model = await shown(ctx, row, usable);
  if (model.name !== name && calledVersion(model, name) === undefined) throw notFound("registered-model");
  return model;
}
