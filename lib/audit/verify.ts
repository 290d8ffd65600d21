import "server-only";
import { now } from "@/lib/core";
import { db } from "@/lib/db/server";
import { anchorFile } from "./anchors";
import type { ChainReport } from "./schema";
import { verifyAnchors } from "./verify-anchors";
import { verifyRows } from "./verify-rows";

/** Checks the whole audit log: every MAC, every number, both ends, and the anchors. */
export async function verifyChain(signal?: AbortSignal): Promise<ChainReport> {
  const database = await db();
  const { rows, ends, faults } = await verifyRows(database, signal);
  const anchors = await verifyAnchors(database, ends);
  const all = [...faults, ...anchors.faults];
  return {
    ok: all.length === 0,
    checkedAt: now().toISOString(),
    rows,
    lastSeq: Number(ends.head?.seq ?? 0n),
    removedThrough: Number(ends.checkpoint?.seq ?? 0n),
    anchors: { file: anchorFile(), checked: anchors.checked, lastSeq: anchors.lastSeq },
    faults: all,
  };
}
