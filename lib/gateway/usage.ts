import "server-only";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { now } from "@/lib/core";
import type { ModelUsage } from "./schema";
import { sumInvocations } from "./store";

const dayMs = 86_400_000;

/** How models of these names were used in the last days, by name and place; who used them is not told. */
export async function findUsage(ctx: Context, names: readonly string[], days: number): Promise<ModelUsage[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  return sumInvocations(names, new Date(now().getTime() - days * dayMs));
}
