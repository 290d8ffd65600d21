import "server-only";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { engineStatus } from "@/lib/inference/server";
import { invocationJournal } from "./invocations";
import { gatewayLoad, refusal } from "./load";
import type { System } from "./schema";

/** What the engine and the gateway of this process are doing. */
export async function getSystem(ctx: Context): Promise<System> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const { active, limit } = gatewayLoad();
  return {
    engine: engineStatus(),
    gateway: {
      active: active.size,
      limit,
      unsettled: invocationJournal().unsettled,
      refusing: refusal()?.message,
    },
  };
}
