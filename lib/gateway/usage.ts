import "server-only";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { now } from "@/lib/core";
import type { ModelUsage, NamedUsage } from "./schema";
import { sumInvocations, sumNamedInvocations } from "./store";

const dayMs = 86_400_000;

/** How models of these names were used in the last days, by name and place; who used them is not told. */
export async function findUsage(ctx: Context, names: readonly string[], days: number): Promise<ModelUsage[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  return sumInvocations(names, new Date(now().getTime() - days * dayMs));
}

/** How a registered model was called by names of its versions in the last days, aliases that are gone included. */
export async function findNamedUsage(
  ctx: Context,
  registeredModel: string,
  days: number,
): Promise<NamedUsage[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  return sumNamedInvocations(registeredModel, new Date(now().getTime() - days * dayMs));
}
