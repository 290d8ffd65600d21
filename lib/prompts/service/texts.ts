import "server-only";
import type { Policy } from "@/lib/access/server";
import { single } from "@/lib/core/server";
import { type Database, db } from "@/lib/db/server";
import { findLastNumbers, findSearchTexts, findTextMatches } from "../store/list";
import { inTurn } from "./turns";

interface Held {
  number: number;
  text: string;
}

interface Texts {
  database: Database;
  policy: Policy;
  epoch: bigint;
  held: ReadonlyMap<string, Held>;
  /** Those that there was no room for. */
  others: readonly string[];
}

/** Characters in all; what is beyond is searched by the database. */
const bound = () => single("prompts.textBound", () => ({ most: 32_000_000 }));
const atOnce = 500;

const holder = () => single("prompts.texts", () => ({ texts: null as Texts | null }));

/** Reads what is new since `before`, as far as there is room. */
async function refreshed(database: Database, policy: Policy, before: Texts | null): Promise<Texts> {
  const { epoch } = policy;
  const numbers = await findLastNumbers(database.prisma);
  const held = new Map<string, Held>();
  const fresh: string[] = [];
  let size = 0;
  for (const [id, number] of numbers) {
    const known = before?.held.get(id);
    if (known?.number === number) {
      held.set(id, known);
      size += known.text.length;
    } else fresh.push(id);
  }
  let read = 0;
  for (; read < fresh.length && size < bound().most; read += atOnce) {
    for (const row of await findSearchTexts(database.prisma, fresh.slice(read, read + atOnce))) {
      held.set(row.id, { number: row.lastNumber, text: row.searchText });
      size += row.searchText.length;
    }
  }
  return { database, policy, epoch, held, others: fresh.slice(read) };
}

/** The texts of last versions as of a policy: every new version raises its epoch. */
async function textsAt(policy: Policy): Promise<Texts> {
  const own = holder();
  const database = await db();
  return inTurn("prompts.texts", async () => {
    const { texts } = own;
    const isSame = texts?.database === database;
    if (isSame && texts.policy === policy && texts.epoch === policy.epoch) return texts;
    own.texts = await refreshed(database, policy, isSame ? texts : null);
    return own.texts;
  });
}

/** Tells of prompts whether their last versions hold a word, written as texts are compared. */
export async function textSearch(policy: Policy, word: string): Promise<(id: string) => boolean> {
  const { database, held, others } = await textsAt(policy);
  const found = others.length > 0 ? await findTextMatches(database.prisma, others, word) : null;
  return (id) => held.get(id)?.text.includes(word) ?? found?.has(id) ?? false;
}
