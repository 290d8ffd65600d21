import "server-only";
import { startAudit, stopAudit, verifyChain } from "@/lib/audit/server";
import { log, single } from "@/lib/core/server";
import { handleControl } from "@/lib/db/server";
import { exportToFile, fileExport } from "./commands";
import { verifyInBackground } from "./service/chain";
import { applyRetention } from "./service/retention";

const dayMs = 86_400_000;
/** The first run of a process: many do not live for a day. */
const firstMs = 60_000;

const timers = () => single("auditLog.timers", () => new Set<NodeJS.Timeout>());

/** Removes what retention no longer keeps, then verifies the rest. */
async function daily(): Promise<void> {
  try {
    const removed = await applyRetention();
    if (removed > 0) log.info("Expired audit rows were removed", { rows: removed });
  } catch (error) {
    log.error("Expired audit rows could not be removed", { error });
  }
  await verifyInBackground();
}

/** Readies the audit log and its daily work. The secret key is established. */
export async function startAuditLog(): Promise<void> {
  await startAudit();
  handleControl("audit.verify", () => verifyChain());
  handleControl("audit.export", (args) => exportToFile(fileExport.parse(args)));
  const first = setTimeout(() => void daily(), firstMs);
  const every = setInterval(() => void daily(), dayMs);
  for (const timer of [first, every]) {
    timer.unref();
    timers().add(timer);
  }
}

/** Anchors what was recorded last, and ends the daily work. */
export async function stopAuditLog(): Promise<void> {
  for (const timer of timers()) clearTimeout(timer);
  timers().clear();
  await stopAudit();
}
