import "server-only";
import { setImmediate as breathe } from "node:timers/promises";
import type { Database } from "@/lib/db/server";
import { checkpointProof, genesis, isSame, keyCheck, type Link, macOf } from "./chain";
import type { ChainFault } from "./schema";
import { type ChainEnds, readEnds, rowsAfter } from "./store";

const batch = 1_000;

export interface Walked {
  /** Rows whose MAC was right. */
  rows: number;
  ends: ChainEnds;
  faults: ChainFault[];
}

const fault = (kind: ChainFault["kind"], seq: bigint | null, message: string): ChainFault => ({
  kind,
  seq: seq === null ? null : Number(seq),
  message,
});

/** What is wrong with the ends, before a row is looked at. */
function faultOfEnds({ head, checkpoint, lastRow }: ChainEnds): ChainFault | null {
  if (!head) {
    return lastRow === 0n && !checkpoint
      ? null
      : fault(
          "not_chained",
          1n,
          "The chain has no head: it was removed, or this database was not started since its migration.",
        );
  }
  if (!isSame(head.keyCheck, keyCheck())) {
    return fault(
      "wrong_key",
      null,
      "The chain was made with another secret key, so nothing in it can be checked with this one.",
    );
  }
  if (checkpoint && !isSame(checkpoint.proof, checkpointProof(checkpoint, checkpoint.removedAt))) {
    return fault(
      "changed_checkpoint",
      checkpoint.seq,
      `The checkpoint at row ${checkpoint.seq} was changed or put there by hand: rows up to it were not removed by retention.`,
    );
  }
  return null;
}

/** What is wrong at the end of the rows, once all of them were walked. */
function faultOfTail({ head, lastRow }: ChainEnds, last: Link): ChainFault | null {
  if (!head) return null;
  if (lastRow > head.seq) {
    return fault(
      "inserted_row",
      head.seq + 1n,
      `Row ${head.seq + 1n} was put in behind the end of the chain, which is row ${head.seq}.`,
    );
  }
  if (last.seq < head.seq) {
    return fault(
      "cut_tail",
      last.seq + 1n,
      `The tail was cut: the chain ends at row ${head.seq}, the rows at ${last.seq}.`,
    );
  }
  if (!isSame(last.mac, head.mac)) {
    return fault("changed_row", head.seq, `Row ${head.seq} is not the one the chain ended with.`);
  }
  return null;
}

async function walk(
  database: Database,
  ends: ChainEnds,
  signal?: AbortSignal,
): Promise<Omit<Walked, "ends">> {
  const first = faultOfEnds(ends);
  if (first || !ends.head) return { rows: 0, faults: first ? [first] : [] };
  let last: Link = ends.checkpoint ?? genesis;
  let rows = 0;
  const stop = (found: ChainFault) => ({ rows, faults: [found] });
  const below = (await rowsAfter(database.prisma, 0n, 1))[0];
  if (below && below.seq <= last.seq) {
    return stop(
      fault(
        "inserted_row",
        below.seq,
        `Row ${below.seq} was put in where retention had removed rows up to ${last.seq}.`,
      ),
    );
  }
  while (last.seq < ends.head.seq) {
    signal?.throwIfAborted();
    const page = await rowsAfter(database.prisma, last.seq, batch);
    if (page.length === 0) break;
    for (const row of page) {
      if (row.seq > ends.head.seq) break;
      const expected = last.seq + 1n;
      if (row.seq !== expected) {
        const gap =
          row.seq - 1n === expected ? `Row ${expected} is` : `Rows ${expected} to ${row.seq - 1n} are`;
        return stop(fault("missing_row", expected, `${gap} missing.`));
      }
      if (!row.mac) return stop(fault("not_chained", row.seq, `Row ${row.seq} has no MAC.`));
      if (!isSame(row.mac, macOf(row, row.seq, last.mac))) {
        return stop(
          fault(
            "changed_row",
            row.seq,
            `Row ${row.seq} does not carry the MAC of its content and place: it was changed, or another row stands in its place.`,
          ),
        );
      }
      last = { seq: row.seq, mac: row.mac };
      rows += 1;
    }
    // Requests come first: a long log is walked between them.
    await breathe();
  }
  const tail = faultOfTail(ends, last);
  return { rows, faults: tail ? [tail] : [] };
}

/** Walks the chain from its beginning to where it ends now, up to the first fault. */
export async function verifyRows(database: Database, signal?: AbortSignal): Promise<Walked> {
  for (let tries = 1; ; tries += 1) {
    const ends = await readEnds(database);
    const walked = await walk(database, ends, signal);
    const moved = (await readEnds(database)).checkpoint?.seq !== ends.checkpoint?.seq;
    // Retention took rows away meanwhile: what looked missing was not.
    if (walked.faults.length === 0 || !moved || tries === 3) return { ...walked, ends };
  }
}
