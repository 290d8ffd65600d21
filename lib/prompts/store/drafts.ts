import "server-only";
import type { Tx } from "@/lib/db/server";
import { type PromptContent, promptContent } from "../content";

type Reader = Pick<Tx, "promptDraft">;

/** What somebody is writing; null where they write nothing. */
export async function findDraft(reader: Reader, promptId: string, userId: string) {
  const row = await reader.promptDraft.findUnique({ where: { promptId_userId: { promptId, userId } } });
  return row && { ...row, content: promptContent.parse(row.content) };
}
export type DraftRow = NonNullable<Awaited<ReturnType<typeof findDraft>>>;

/** The facts of a draft without its text. */
export function findDraftFacts(reader: Reader, promptId: string, userId: string) {
  return reader.promptDraft.findUnique({
    where: { promptId_userId: { promptId, userId } },
    select: { baseNumber: true, updatedAt: true, revision: true },
  });
}

interface SavedDraft {
  promptId: string;
  userId: string;
  baseNumber: number;
  content: PromptContent;
}

/** Keeps a draft over the revision that its writer saw, or as the first; null when another was saved meanwhile. */
export async function saveDraftRow(
  tx: Tx,
  { promptId, userId, baseNumber, content }: SavedDraft,
  seen: number | null,
): Promise<DraftRow | null> {
  // Through JSON, so that what is absent is not there.
  const stored = JSON.parse(JSON.stringify(content)) as object;
  if (seen === null) {
    const { count } = await tx.promptDraft.createMany({
      data: [{ promptId, userId, baseNumber, content: stored }],
      skipDuplicates: true,
    });
    return count === 0 ? null : findDraft(tx, promptId, userId);
  }
  const { count } = await tx.promptDraft.updateMany({
    where: { promptId, userId, revision: seen },
    data: { baseNumber, content: stored, revision: { increment: 1 } },
  });
  return count === 0 ? null : findDraft(tx, promptId, userId);
}

/** Removes a draft, or only the revision that was seen; says whether it was there. */
export async function removeDraft(tx: Tx, promptId: string, userId: string, seen?: number): Promise<boolean> {
  const { count } = await tx.promptDraft.deleteMany({
    where: { promptId, userId, ...(seen === undefined ? {} : { revision: seen }) },
  });
  return count > 0;
}
