import "server-only";
import { single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { appendRows } from "./append";
import { type AuditedAction, type AuditOrigin, type AuditRow, rowOf } from "./row";

/** Rows of one transaction. */
const largest = 200;

interface Waiting {
  row: AuditRow;
  done: (error?: unknown) => void;
}

interface Group {
  waiting: Waiting[];
  writing: boolean;
}

const group = () => single<Group>("audit.group", () => ({ waiting: [], writing: false }));

/** Writes what waits, one transaction after another: what comes meanwhile is the next one. */
async function drain(state: Group): Promise<void> {
  state.writing = true;
  try {
    while (state.waiting.length > 0) {
      const taken = state.waiting.splice(0, largest);
      const failure = await writeTogether(taken.map(({ row }) => row));
      for (const { done } of taken) done(failure?.error);
    }
  } finally {
    state.writing = false;
  }
}

async function writeTogether(rows: AuditRow[]): Promise<{ error: unknown } | undefined> {
  try {
    await (await db()).writeBatched((tx) => appendRows(tx, rows));
  } catch (error) {
    return { error };
  }
}

/**
 * Writes a row that belongs to no change, such as a refusal, together with others of the same moment: they share a
 * transaction, the end of the chain and a flush. Resolves once it is durable.
 */
export function recordGrouped(origin: AuditOrigin, done: AuditedAction): Promise<void> {
  const state = group();
  return new Promise((resolve, reject) => {
    state.waiting.push({
      row: rowOf(origin, done),
      done: (error) => (error === undefined ? resolve() : reject(error)),
    });
    // Those of the same turn of the event loop go together.
    if (!state.writing && state.waiting.length === 1) setImmediate(() => void drain(state));
  });
}

/** Records that something was read. */
export function recordRead(
  origin: AuditOrigin,
  read: Omit<AuditedAction, "status" | "error">,
): Promise<void> {
  return recordGrouped(origin, { ...read, status: 200 });
}
