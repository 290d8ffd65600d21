import "server-only";
import { record, verifyChain } from "@/lib/audit/server";
import { auditContext, type Context, requirePrivilege } from "@/lib/auth/server";
import { isAppError } from "@/lib/core";
import { log, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import type { ChainState } from "../schema";

const state = () =>
  single<ChainState>("auditLog.chain", () => ({ running: false, report: null, problem: null }));

/** Verifies the chain, unless that is under way; its outcome stays for `getChainState`. */
export async function verifyInBackground(): Promise<void> {
  const current = state();
  if (current.running) return;
  current.running = true;
  try {
    current.report = await verifyChain();
    current.problem = null;
    for (const { message } of current.report.faults) log.error(`The audit log is not whole. ${message}`);
  } catch (error) {
    current.problem = isAppError(error) ? error.message : "The server's log says why.";
    log.error("The audit log could not be verified", { error });
  } finally {
    current.running = false;
  }
}

export function getChainState(ctx: Context): ChainState {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  return { ...state() };
}

/** Begins a verification of the whole log and returns at once. */
export async function startVerification(ctx: Context): Promise<ChainState> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  await (await db()).write((tx) =>
    record(tx, auditContext(ctx), {
      service: "auditLog",
      action: "verifyChain",
      params: {},
      status: 202,
      securable: { kind: "metastore" },
      privilege: "MANAGE",
    }),
  );
  void verifyInBackground();
  return { ...state() };
}
