import "server-only";
import { statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { env } from "@/lib/core/server";
import { engineStatus } from "@/lib/inference/server";
import { invocationJournal } from "./invocations";
import { gatewayLoad, refusal } from "./load";
import type { System } from "./schema";

/** What this server has, and what the engine and the gateway of this process are doing. */
export async function getSystem(ctx: Context): Promise<System> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const { active, limit } = gatewayLoad();
  const { dataDir, HOST, PORT } = env();
  const disk = await statfs(dataDir);
  return {
    machine: {
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      freeDiskBytes: disk.bavail * disk.bsize,
      listens: `${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`,
    },
    engine: engineStatus(),
    gateway: {
      active: active.size,
      limit,
      unsettled: invocationJournal().unsettled,
      refusing: refusal()?.message,
    },
  };
}
