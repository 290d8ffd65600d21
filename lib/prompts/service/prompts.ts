import "server-only";
import type { z } from "zod";
import {
  authorize,
  bumpPolicyEpoch,
  currentPolicy,
  findSecurable,
  findTags,
  fullNameOf,
  nodeByName,
  saveTags,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { promptFullName } from "../full-name";
import { contentHash } from "../merge/hash";
import { type PromptDetail, type promptCreation, versionsShown } from "../schema";
import { searchTextOf } from "../search-text";
import { findDraftFacts } from "../store/drafts";
import { countPending, findPromptRow, insertPrompt } from "../store/prompts";
import { insertVersion, listVersionRows } from "../store/versions";
import { peopleIn, peopleOf, toDetail } from "../view";
import { resolveContent } from "./fetch";
import { audit, type KnownPrompt, noPrompt, requirePrompt } from "./own";

/** As its page shows it, for a caller who may know of it. */
export async function shown(ctx: Context, { id, fullName }: KnownPrompt): Promise<PromptDetail> {
  const { prisma } = await db();
  const [row, securable, versions, tags, draft, pending] = await Promise.all([
    findPromptRow(prisma, id),
    findSecurable(prisma, id),
    listVersionRows(prisma, id, { limit: versionsShown }),
    findTags(prisma, [id]),
    findDraftFacts(prisma, id, ctx.actor.userId),
    countPending(prisma, id),
  ]);
  if (!row || !securable) throw noPrompt();
  const people = await peopleOf(prisma, peopleIn(row, versions, securable.ownerId));
  const ownTags = tags.filter(({ part }) => part === "").map(({ key, value }) => [key, value]);
  return toDetail(ctx, {
    fullName,
    row,
    securable,
    tags: Object.fromEntries(ownTags),
    versions,
    draft,
    pending,
    people,
  });
}

/** One prompt with its aliases and last versions. @throws AppError `not_found` */
export async function getPrompt(ctx: Context, fullName: string): Promise<PromptDetail> {
  return shown(ctx, await requirePrompt(ctx, fullName, "BROWSE"));
}

/** The schema a prompt is to lie in. @throws AppError `not_found`, `forbidden` */
export async function requirePlace(ctx: Context, fullName: string): Promise<KnownPrompt> {
  const node = nodeByName(await currentPolicy(), fullName, "schema");
  if (!node || !authorize(ctx.actor, "BROWSE", { id: node.id }).allow) {
    throw new AppError("not_found", "There is no such schema, or you may not see it.");
  }
  const { allow, why } = authorize(ctx.actor, "CREATE PROMPT", { id: node.id });
  if (!allow) throw new AppError("forbidden", why);
  return { id: node.id, fullName: fullNameOf(node) };
}

type Creation = z.output<typeof promptCreation>;

async function insertWithVersion(
  tx: Tx,
  ctx: Context,
  schema: KnownPrompt,
  input: Creation,
): Promise<string> {
  const { name, comment, tags, content, message } = input;
  const createdById = ctx.actor.userId;
  const id = await insertPrompt(tx, { schemaId: schema.id, name, comment, type: content.type, createdById });
  await insertVersion(tx, {
    promptId: id,
    number: 1,
    content,
    hash: contentHash(content),
    message,
    baseNumber: null,
    createdById,
    searchText: searchTextOf(content),
  });
  if (Object.keys(tags).length > 0) {
    await saveTags(tx, { securableId: id, part: "", set: tags, remove: [], byId: createdById });
    await bumpPolicyEpoch(tx, [{ kind: "grants", id }]);
  }
  await audit(tx, ctx, "createPrompt", { id, fullName: `${schema.fullName}.${name}` }, { message });
  return id;
}

/** A prompt with its first version; whoever makes it owns it. @throws AppError `conflict` when the name is taken */
export async function createPrompt(ctx: Context, input: Creation): Promise<PromptDetail> {
  const schema = await requirePlace(ctx, input.schema);
  const fullName = parseInput(promptFullName, `${schema.fullName}.${input.name}`);
  await resolveContent(ctx, input.content, { fullName, version: 1 });
  const id = await (await db()).write((tx) => insertWithVersion(tx, ctx, schema, input));
  return shown(ctx, { id, fullName });
}
