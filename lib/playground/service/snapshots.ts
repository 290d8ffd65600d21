import "server-only";
import { currentPolicy, nodeByName, type Policy } from "@/lib/access/server";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { newId, now } from "@/lib/core";
import { db } from "@/lib/db/server";
import { requirePrompt } from "@/lib/prompts/server";
import type { PlaygroundDocument } from "../document";
import type { PromptSource } from "../prompt-schema";
import type { PromptSnapshot } from "../prompt-usage";
import type {
  PlaygroundSnapshot,
  SnapshotCreation,
  SnapshotFilter,
  SnapshotSummary,
} from "../snapshot-schema";
import { findRow } from "../store/sessions";
import {
  emptySnapshot,
  findSnapshotContent,
  findSnapshotFacts,
  insertSnapshot,
  listPromptSnapshots,
  listSnapshots,
  type SnapshotRow,
  type VersionOf,
} from "../store/snapshots";
import { titleOf } from "../title";
import { audit, own, requireOwn } from "./own";

function summary({ id, sessionId, title, createdAt }: SnapshotRow): SnapshotSummary {
  return { id, sessionId, title, createdAt: createdAt.toISOString() };
}

/** The versions that ask in a document, for all columns, for one, or when a conversation began; names that mean nothing now are left out. */
function versionsIn({ prompt, columns, turns }: PlaygroundDocument, policy: Policy): VersionOf[] {
  const sources: (PromptSource | undefined)[] = [
    prompt,
    ...columns.map((column) => column.prompt),
    ...turns.flatMap(({ asked = {} }) => Object.values(asked).map((sent) => sent.prompt)),
  ];
  const found = sources.flatMap((source) => {
    const node = source && nodeByName(policy, source.name, "prompt");
    return node ? [{ promptId: node.id, version: source.version }] : [];
  });
  return [...new Map(found.map((one) => [`${one.promptId} ${one.version}`, one])).values()];
}

/** Freezes a session as it is now, for everybody signed in who has the link. */
export async function createSnapshot(ctx: Context, input: SnapshotCreation): Promise<SnapshotSummary> {
  requireOwn(ctx, "snapshot", "MANAGE");
  const database = await db();
  const { sessionId = null } = input;
  // Before the transaction, as the policy is read outside of any.
  const policy = await currentPolicy();
  return database.write(async (tx) => {
    const saved = sessionId === null ? null : own(ctx, await findRow(tx, sessionId));
    const document = input.document ?? saved?.document;
    if (!document) throw notFound("playground");
    const title = input.title ?? saved?.title ?? titleOf(document);
    const facts = { id: newId("snap"), ownerId: ctx.actor.userId, sessionId, title, document };
    const row = await insertSnapshot(tx, facts, versionsIn(document, policy));
    await audit(tx, ctx, "createSnapshot", { id: row.id, ...(sessionId === null ? {} : { sessionId }) });
    return summary(row);
  });
}

/**
 * What the caller shares now: all, of one session, or where one prompt asks, the last 200.
 * @throws AppError `not_found` for a prompt that the caller may not know of
 */
export async function findSnapshots(
  ctx: Context,
  { sessionId, prompt }: SnapshotFilter,
): Promise<SnapshotSummary[] | PromptSnapshot[]> {
  requireOwn(ctx, "snapshot", "BROWSE");
  const { prisma } = await db();
  if (prompt === undefined) return (await listSnapshots(prisma, ctx.actor.userId, sessionId)).map(summary);
  const { id } = await requirePrompt(ctx, prompt, "BROWSE");
  const rows = await listPromptSnapshots(prisma, ctx.actor.userId, id);
  return rows.map(({ versions, ...row }) => ({ ...summary(row), versions }));
}

/** @throws AppError `not_found` in the same words for one that never was and one that was revoked. */
function live(row: SnapshotRow | null): SnapshotRow {
  if (!row || row.revokedAt) throw notFound("snapshot");
  return row;
}

/** A snapshot as it was frozen. That another person's was read is kept in the audit log. */
export async function getSnapshot(ctx: Context, id: string): Promise<PlaygroundSnapshot> {
  const database = await db();
  const { prisma } = database;
  const row = live(await findSnapshotFacts(prisma, id));
  requirePrivilege(ctx, "BROWSE", { kind: "snapshot", ownerId: row.ownerId, id });
  const content = await findSnapshotContent(prisma, id);
  if (!content) throw notFound("snapshot");
  const { title, createdAt } = summary(row);
  const { ownerId } = row;
  const isOwner = ownerId === ctx.actor.userId;
  if (!isOwner) await database.write((tx) => audit(tx, ctx, "getSnapshot", { id, ownerId }));
  return { id, title, createdAt, own: isOwner, ...content };
}

/** Ends the sharing for good; what was frozen is dropped. For its owner and administrators. */
export async function revokeSnapshot(ctx: Context, id: string): Promise<void> {
  const database = await db();
  await database.write(async (tx) => {
    const row = live(await findSnapshotFacts(tx, id));
    requirePrivilege(ctx, "MANAGE", { kind: "snapshot", ownerId: row.ownerId, id });
    await emptySnapshot(tx, id, now());
    await audit(tx, ctx, "revokeSnapshot", { id, ownerId: row.ownerId });
  });
}
