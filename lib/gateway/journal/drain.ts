import "server-only";
import { appendFile, readFile, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { log } from "@/lib/core/server";
import { decodeSegment } from "./record";

export interface Sink<T> {
  /** Whether a record is one; anything else in the file is set aside. */
  parse(record: unknown): T | undefined;
  /** Stores records, those that it has already excepted. All or none. */
  insert(records: T[]): Promise<void>;
  /** Whether a failed insert was the record's own fault, so that trying again is of no use. */
  blames(error: unknown): boolean;
}

/** The embedded database works on this thread: small batches, and a rest as long as each took, so that calls wait little. */
const batchSize = 25;

/** Moves one complete segment into the store and deletes it. Returns how many records it held. @throws when the store does not work. */
export async function drainSegment<T>(path: string, sink: Sink<T>): Promise<number> {
  const { records, damaged } = decodeSegment(await readFile(path));
  if (damaged > 0) log.warn("The journal had lines that were not whole", { path, damaged });
  const good: T[] = [];
  for (const record of records) {
    const parsed = sink.parse(record);
    if (parsed === undefined) await setAside(path, record, "not an invocation");
    else good.push(parsed);
  }
  for (let at = 0; at < good.length; at += batchSize) {
    const since = performance.now();
    await insert(path, good.slice(at, at + batchSize), sink);
    await rest(performance.now() - since);
  }
  await unlink(path);
  return records.length;
}

async function insert<T>(path: string, records: T[], sink: Sink<T>): Promise<void> {
  try {
    await sink.insert(records);
  } catch (error) {
    if (!sink.blames(error)) throw error;
    const [only] = records;
    if (records.length > 1) {
      const half = Math.ceil(records.length / 2);
      await insert(path, records.slice(0, half), sink);
      await insert(path, records.slice(half), sink);
    } else if (only !== undefined) await setAside(path, only, error);
  }
}

/** A record that the database refuses must neither stop those behind it nor vanish. */
async function setAside(path: string, record: unknown, error: unknown): Promise<void> {
  const file = join(dirname(path), "rejected.jsonl");
  log.error("A record of the journal was set aside", { file, error });
  await appendFile(file, `${JSON.stringify(record)}\n`, { mode: 0o600 });
}
