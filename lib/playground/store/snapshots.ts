import "server-only";
import type { Tx } from "@/lib/db/server";
import { type PlaygroundDocument, playgroundDocument } from "../document";
import { asJson, isId } from "./sessions";

type Reader = Pick<Tx, "playgroundSnapshot">;

export interface SnapshotRow {
  id: string;
  ownerId: string;
  sessionId: string | null;
  title: string;
  createdAt: Date;
  revokedAt: Date | null;
}

const mostListed = 200;

const facts = {
  id: true,
  ownerId: true,
  sessionId: true,
  title: true,
  createdAt: true,
  revokedAt: true,
} as const;

/** A person's snapshots that were not revoked, newest first. */
export async function listSnapshots(
  reader: Reader,
  ownerId: string,
  sessionId: string | undefined,
): Promise<SnapshotRow[]> {
  return reader.playgroundSnapshot.findMany({
    select: facts,
    where: { ownerId, sessionId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: mostListed,
  });
}

/** A version of a prompt by the prompt's id. */
export interface VersionOf {
  promptId: string;
  version: number;
}

/** A person's snapshots in which a prompt asks, newest first, each with its versions, the newest first. */
export async function listPromptSnapshots(
  reader: Reader,
  ownerId: string,
  promptId: string,
): Promise<(SnapshotRow & { versions: number[] })[]> {
  const rows = await reader.playgroundSnapshot.findMany({
    select: {
      ...facts,
      prompts: { select: { version: true }, where: { promptId }, orderBy: { version: "desc" } },
    },
    where: { ownerId, revokedAt: null, prompts: { some: { promptId } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: mostListed,
  });
  return rows.map(({ prompts, ...row }) => ({ ...row, versions: prompts.map(({ version }) => version) }));
}

export async function findSnapshotFacts(reader: Reader, id: string): Promise<SnapshotRow | null> {
  if (!isId(id)) return null;
  return reader.playgroundSnapshot.findUnique({ select: facts, where: { id } });
}

/** What a snapshot shows and the name of who shared it; null when it was revoked meanwhile. */
export async function findSnapshotContent(
  reader: Reader,
  id: string,
): Promise<{ document: PlaygroundDocument; sharedBy: string } | null> {
  const row = await reader.playgroundSnapshot.findUnique({
    select: { document: true, revokedAt: true, owner: { select: { name: true } } },
    where: { id },
  });
  if (!row || row.revokedAt) return null;
  return { document: playgroundDocument.parse(row.document), sharedBy: row.owner.name };
}

export async function insertSnapshot(
  tx: Tx,
  row: { id: string; ownerId: string; sessionId: string | null; title: string; document: PlaygroundDocument },
  prompts: readonly VersionOf[],
): Promise<SnapshotRow> {
  const data = { ...row, document: asJson(row.document), prompts: { create: [...prompts] } };
  return tx.playgroundSnapshot.create({ select: facts, data });
}

/** Ends a snapshot and drops what it held. */
export async function emptySnapshot(tx: Tx, id: string, revokedAt: Date): Promise<void> {
  const data = { revokedAt, title: "", document: {}, prompts: { deleteMany: {} } };
  await tx.playgroundSnapshot.update({ where: { id }, data });
}
