import "server-only";
import { insertSecurables } from "@/lib/access/server";
import { newId } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import type { PromptType } from "../content";

type Reader = Pick<Tx, "prompt">;

/** A prompt with where its aliases stand and how they are protected. */
export function findPromptRow(reader: Reader, id: string) {
  return reader.prompt.findUnique({
    where: { id },
    include: { aliases: { orderBy: { alias: "asc" } }, rules: { orderBy: { alias: "asc" } } },
  });
}
export type PromptRow = NonNullable<Awaited<ReturnType<typeof findPromptRow>>>;

/** Only what a fetch asks for. */
export async function findStanding(reader: Reader, id: string) {
  return reader.prompt.findUnique({
    where: { id },
    select: {
      lastNumber: true,
      aliases: { select: { alias: true, version: true }, orderBy: { alias: "asc" } },
    },
  });
}

interface NewPrompt {
  schemaId: string;
  name: string;
  comment: string;
  type: PromptType;
  createdById: string;
}

/** Adds a prompt without versions; whoever made it owns it. @throws AppError `conflict` when the name is taken */
export async function insertPrompt(
  tx: Tx,
  { schemaId, name, comment, type, createdById }: NewPrompt,
): Promise<string> {
  const id = newId("pmt");
  await insertSecurables(tx, [
    { id, kind: "prompt", parentId: schemaId, name, comment, ownerId: createdById, createdById },
  ]);
  await tx.prompt.create({ data: { id, type, createdById } });
  return id;
}

/** Reads a prompt and keeps others from changing it until the transaction ends; null where it is gone or dropped. */
export async function lockPrompt(tx: Tx, id: string): Promise<PromptRow | null> {
  const live = await tx.$queryRaw<{ id: string }[]>`
    SELECT p."id" FROM "Prompt" p JOIN "Securable" s ON s."id" = p."id"
    WHERE p."id" = ${id} AND s."droppedAt" IS NULL
    FOR UPDATE OF p`;
  return live.length === 0 ? null : findPromptRow(tx, id);
}

/** How many requests to move its aliases wait. */
export function countPending(reader: Pick<Tx, "promptMoveRequest">, promptId: string): Promise<number> {
  return reader.promptMoveRequest.count({ where: { promptId, state: "pending" } });
}

/** Removes what the library keeps of a prompt that cannot be brought back any more. */
export async function purgePromptRow(tx: Tx, id: string): Promise<void> {
  await tx.prompt.deleteMany({ where: { id } });
}
