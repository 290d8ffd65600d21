import "server-only";
import type { Database } from "@/lib/db/server";
import { type Anchor, readAnchors } from "./anchors";
import type { ChainFault } from "./schema";
import { type ChainEnds, macsOf } from "./store";

const batch = 1_000;

export interface AnchorsChecked {
  checked: number;
  lastSeq: number | null;
  faults: ChainFault[];
}

const hex = (mac: Uint8Array | undefined) => (mac ? Buffer.from(mac).toString("hex") : undefined);

/** Holds every anchor against the rows: they lie outside of the database, so they know what it held before. */
export async function verifyAnchors(database: Database, ends: ChainEnds): Promise<AnchorsChecked> {
  const result: AnchorsChecked = { checked: 0, lastSeq: null, faults: [] };
  const end = Number(ends.head?.seq ?? 0n);
  const begin = Number(ends.checkpoint?.seq ?? 0n);
  let beyond: Anchor | undefined;
  let other: Anchor | undefined;
  let page: Anchor[] = [];
  const compare = async () => {
    const macs = await macsOf(
      database.prisma,
      page.map(({ seq }) => BigInt(seq)),
    );
    if (ends.checkpoint) macs.set(ends.checkpoint.seq, ends.checkpoint.mac);
    // A row that is gone is the walk's finding, not the anchor's.
    other ??= page.find(({ seq, mac }) => macs.has(BigInt(seq)) && hex(macs.get(BigInt(seq))) !== mac);
    page = [];
  };
  for await (const { line, anchor } of readAnchors()) {
    if (!anchor) {
      result.faults.push({
        kind: "unreadable_anchor",
        seq: null,
        message: `Line ${line} of the anchor file is not an anchor.`,
      });
      continue;
    }
    result.checked += 1;
    result.lastSeq = Math.max(result.lastSeq ?? 0, anchor.seq);
    if (anchor.seq > end) {
      if (!beyond || anchor.seq > beyond.seq) beyond = anchor;
    } else if (anchor.seq >= begin) page.push(anchor);
    if (page.length === batch) await compare();
  }
  await compare();
  if (beyond) result.faults.unshift(cutTail(beyond, end));
  if (other) result.faults.unshift(otherHistory(other));
  return result;
}

function cutTail({ time, seq }: Anchor, end: number): ChainFault {
  return {
    kind: "cut_tail",
    seq: end + 1,
    message: `Anchors name row ${seq} (${time}), the database ends at ${end}: the tail was cut, or the database was restored to an earlier state.`,
  };
}

function otherHistory({ time, seq }: Anchor): ChainFault {
  return {
    kind: "other_history",
    seq,
    message: `The anchor of ${time} names another row ${seq} than the database holds: it was restored to an earlier state and went on from there, or its rows were replaced. After a restore of yours, keep the anchor file and let a new one begin.`,
  };
}
