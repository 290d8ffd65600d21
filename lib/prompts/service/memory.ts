import "server-only";
import type { Policy } from "@/lib/access/server";
import { single } from "@/lib/core/server";
import { type Database, db } from "@/lib/db/server";
import { textsOf } from "../content";
import type { FetchedPrompt } from "../schema";
import { findStanding } from "../store/prompts";
import { findVersionRow, type VersionRow } from "../store/versions";
import type { Standing } from "./choice";
import { Recent } from "./recent";

/** Characters of text that are remembered, of versions and of resolved prompts. */
const mostText = 16_000_000;
const mostStandings = 50_000;
/** Of everything but text. */
const overhead = 2_000;

interface Resolved {
  fetched: FetchedPrompt;
  /** Everything that stands in it; each needs a right of its own. */
  includedIds: readonly string[];
}

interface Memory {
  database: Database;
  policy: Policy;
  /** What is remembered of aliases and of resolved prompts holds for one epoch: every move raises it. */
  epoch: bigint;
  standings: Recent<Promise<Standing | null>>;
  resolved: Recent<Resolved>;
  /** Versions never change. */
  versions: Recent<VersionRow>;
  loading: Map<string, Promise<VersionRow | null>>;
}

const holder = () => single("prompts.memory", () => ({ memory: null as Memory | null }));

function fresh(database: Database, policy: Policy): Memory {
  return {
    database,
    policy,
    epoch: policy.epoch,
    standings: new Recent(mostStandings),
    resolved: new Recent(mostText),
    versions: new Recent(mostText),
    loading: new Map(),
  };
}

/** What this process remembers of prompts as of a policy. */
export async function memoryAt(policy: Policy): Promise<Memory> {
  const own = holder();
  const database = await db();
  if (own.memory?.database !== database) own.memory = fresh(database, policy);
  else if (own.memory.policy !== policy || own.memory.epoch !== policy.epoch) {
    const { versions, loading } = own.memory;
    own.memory = { ...fresh(database, policy), versions, loading };
  }
  return own.memory;
}

/** Where a prompt's aliases stand; asked of the database once for all who wait. */
export function standingOf(memory: Memory, id: string): Promise<Standing | null> {
  const known = memory.standings.get(id);
  if (known) return known;
  const found = findStanding(memory.database.prisma, id);
  memory.standings.set(id, found, 1);
  // A failure is nobody's answer but theirs who wait for it now.
  found.catch(() => memory.standings.remove(id));
  return found;
}

/** One version with its text. */
export async function versionOf(memory: Memory, id: string, number: number): Promise<VersionRow | null> {
  const key = `${id} ${number}`;
  const known = memory.versions.get(key);
  if (known) return known;
  const { loading, versions } = memory;
  const running = loading.get(key) ?? findVersionRow(memory.database.prisma, id, number);
  loading.set(key, running);
  try {
    const row = await running;
    if (row) versions.set(key, row, sizeOf(row.content));
    return row;
  } finally {
    loading.delete(key);
  }
}

/** A prompt's weight in memory. */
export function sizeOf(content: VersionRow["content"]): number {
  return textsOf(content).reduce((sum, text) => sum + text.length, overhead);
}
