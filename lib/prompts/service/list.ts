import "server-only";
import type { z } from "zod";
import { nameKey } from "@/lib/access";
import {
  authorize,
  currentPolicy,
  findSecurables,
  findTags,
  fullNameOf,
  nodeByName,
  type Policy,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { PromptList, PromptSummary, promptFilter } from "../schema";
import { matchIn } from "../search-match";
import { searchKey } from "../search-text";
import { findCommentMatches, findLastChanged, findLastContents, findListed, findTagged } from "../store/list";
import { findLastUsed } from "../store/usage";
import { peopleOf, toPerson } from "../view";
import { type DirectoryEntry, promptsAfter } from "./directory";
import { textSearch } from "./texts";

type Filter = z.output<typeof promptFilter>;

interface Found extends DirectoryEntry {
  /** The search matched in its text, which the caller may read. */
  inText: boolean;
}

/** The prompts in their order that the filter leaves but for its search, whoever asks. */
function* candidates(
  policy: Policy,
  filter: Filter,
  tagged: ReadonlySet<string> | undefined,
): Iterable<DirectoryEntry> {
  const schema = filter.schema === undefined ? undefined : nodeByName(policy, filter.schema, "schema");
  if (schema === null) return;
  for (const entry of promptsAfter(policy, filter.after)) {
    const { node } = entry;
    if (schema && node.parent !== schema) continue;
    if (filter.owner && node.ownerId !== filter.owner) continue;
    if (!tagged || tagged.has(node.id)) yield entry;
  }
}

const may = (ctx: Context, question: "BROWSE" | "EXECUTE", { node }: DirectoryEntry) =>
  authorize(ctx.actor, question, { id: node.id }).allow;

/** Those that hold a word in their names, in comments, or in texts that the caller may read. */
async function searched(
  ctx: Context,
  policy: Policy,
  entries: Iterable<DirectoryEntry>,
  { q, wanted }: { q: string; wanted: number },
): Promise<Found[]> {
  const word = nameKey(q);
  const [inComment, holds] = await Promise.all([
    findCommentMatches((await db()).prisma, searchKey(q)),
    textSearch(policy, searchKey(q)),
  ]);
  const found: Found[] = [];
  for (const entry of entries) {
    const { node, key } = entry;
    const inName = (word.includes(".") ? key : key.slice(key.lastIndexOf(".") + 1)).includes(word);
    // A search in texts must not tell what they hold to whoever may not read them.
    const inText = !inName && holds(node.id) && may(ctx, "EXECUTE", entry);
    const isFound = inName || inText || inComment.has(node.id);
    if (isFound && may(ctx, "BROWSE", entry)) found.push({ ...entry, inText });
    if (found.length >= wanted) break;
  }
  return found;
}

/** One more than the page holds, where there is more. */
async function findPage(ctx: Context, policy: Policy, filter: Filter): Promise<Found[]> {
  const wanted = filter.limit + 1;
  const tagged = filter.tag ? await findTagged((await db()).prisma, filter.tag) : undefined;
  const entries = candidates(policy, filter, tagged);
  if (filter.q) return searched(ctx, policy, entries, { q: filter.q, wanted });
  const found: Found[] = [];
  for (const entry of entries) {
    if (may(ctx, "BROWSE", entry)) found.push({ ...entry, inText: false });
    if (found.length >= wanted) break;
  }
  return found;
}

async function toSummaries(found: readonly Found[], q: string | undefined): Promise<PromptSummary[]> {
  if (found.length === 0) return [];
  const { prisma } = await db();
  const ids = found.map(({ node }) => node.id);
  const [rows, securables, tags, changed, used] = await Promise.all([
    findListed(prisma, ids),
    findSecurables(prisma, ids),
    findTags(prisma, ids),
    findLastChanged(prisma, ids),
    findLastUsed(prisma, ids),
  ]);
  const inText = found.flatMap(({ node, inText }) => (inText ? (rows.get(node.id) ?? []) : []));
  const [contents, people] = await Promise.all([
    inText.length > 0 ? findLastContents(prisma, inText) : null,
    peopleOf(prisma, [...found.map(({ node }) => node.ownerId), ...changed.values()]),
  ]);
  const facts = new Map(securables.map((securable) => [securable.id, securable]));
  return found.flatMap(({ node }) => {
    const row = rows.get(node.id);
    const securable = facts.get(node.id);
    if (!row || !securable) return [];
    const content = contents?.get(node.id);
    const own = tags.filter(({ securableId, part }) => securableId === node.id && part === "");
    return [
      {
        id: node.id,
        fullName: fullNameOf(node),
        type: row.type === "chat" ? "chat" : "text",
        comment: securable.comment,
        owner: { id: node.ownerId, name: people(node.ownerId).name },
        tags: Object.fromEntries(own.map(({ key, value }) => [key, value])),
        lastNumber: row.lastNumber,
        aliases: row.aliases.map(({ alias, version }) => ({
          alias,
          version,
          isProtected: row.rules.some((rule) => rule.alias === alias),
        })),
        changedAt: row.changedAt.toISOString(),
        changedBy: toPerson(people, changed.get(node.id) ?? null),
        lastUsedAt: used.get(node.id)?.toISOString() ?? null,
        match: q && content ? matchIn(content, q) : null,
      },
    ];
  });
}

/** A page of the prompts that the caller may know of, by full name. */
export async function findPrompts(ctx: Context, filter: Filter): Promise<PromptList> {
  const found = await findPage(ctx, await currentPolicy(), filter);
  const page = found.slice(0, filter.limit);
  return {
    prompts: await toSummaries(page, filter.q),
    next: found.length > filter.limit ? (page.at(-1)?.key ?? null) : null,
  };
}
