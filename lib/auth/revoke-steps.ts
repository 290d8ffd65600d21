import "server-only";
import { single } from "@/lib/core/server";
import type { Tx } from "@/lib/db/server";
import type { Context } from "./context";

export interface RevokeCount {
  /** In the plural: "grants". */
  noun: string;
  count: number;
}

/** What another domain takes from a principal when everything of it is revoked. */
export interface RevokeStep {
  /** In the transaction that revokes everything else. */
  revoke(tx: Tx, principalId: string, ctx: Context): Promise<RevokeCount>;
  /** What `revoke` would take now. */
  count(tx: Tx, principalId: string, ctx: Context): Promise<RevokeCount>;
}

const steps = () => single("auth.revokeSteps", () => new Map<string, RevokeStep>());

/** Adds a step to every later "revoke everything"; a second one of the same name replaces the first. */
export function onRevokeEverything(name: string, step: RevokeStep): void {
  steps().set(name, step);
}

export function revokeSteps(): RevokeStep[] {
  return [...steps().values()];
}
