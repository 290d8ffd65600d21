import "server-only";
import { log, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { writeAnchor } from "./anchors";
import { openChain } from "./open-chain";
import { readEnds } from "./store";
import { verifyAnchors } from "./verify-anchors";

const anchorEveryMs = 60_000;

interface Anchoring {
  timer: NodeJS.Timeout | undefined;
  /** The row last anchored by this process. */
  seq: bigint;
}

const anchoring = () => single<Anchoring>("audit.anchoring", () => ({ timer: undefined, seq: 0n }));

/** Anchors the end of the chain when it has moved since the last time. */
export async function anchorNow(): Promise<void> {
  const { head } = await readEnds(await db());
  const state = anchoring();
  if (!head || head.seq === state.seq || head.seq === 0n) return;
  try {
    writeAnchor(head);
    state.seq = head.seq;
  } catch (error) {
    log.error("The audit log could not be anchored", { error });
  }
}

/** Says in the log when the database knows less than its anchors: before new rows make that harder to see. */
async function compareWithAnchors(): Promise<void> {
  const database = await db();
  const { faults } = await verifyAnchors(database, await readEnds(database));
  for (const { message } of faults) log.error(`The audit log does not fit its anchors. ${message}`);
}

/** Readies the chain and anchors it from now on. The secret key is established. */
export async function startAudit(): Promise<void> {
  await openChain();
  await compareWithAnchors();
  await anchorNow();
  const state = anchoring();
  clearInterval(state.timer);
  state.timer = setInterval(() => {
    anchorNow().catch((error: unknown) => log.error("The audit log could not be anchored", { error }));
  }, anchorEveryMs);
  state.timer.unref();
}

/** Anchors what was recorded last. */
export async function stopAudit(): Promise<void> {
  clearInterval(anchoring().timer);
  await anchorNow();
}
