import "server-only";
import { now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import { type PromptContent, promptContent } from "../content";

type Reader = Pick<Tx, "promptVersion">;

const summaryParts = {
  number: true,
  hash: true,
  message: true,
  baseNumber: true,
  createdById: true,
  createdAt: true,
} as const;

/** A version with its text. */
export async function findVersionRow(reader: Reader, promptId: string, number: number) {
  const row = await reader.promptVersion.findUnique({ where: { promptId_number: { promptId, number } } });
  return row && { ...row, content: promptContent.parse(row.content) };
}
export type VersionRow = NonNullable<Awaited<ReturnType<typeof findVersionRow>>>;

/** Versions without their texts, newest first. */
export function listVersionRows(reader: Reader, promptId: string, page: { before?: number; limit: number }) {
  return reader.promptVersion.findMany({
    select: summaryParts,
    where: { promptId, ...(page.before === undefined ? {} : { number: { lt: page.before } }) },
    orderBy: { number: "desc" },
    take: page.limit,
  });
}
export type SummaryRow = Awaited<ReturnType<typeof listVersionRows>>[number];

interface NewVersion {
  promptId: string;
  number: number;
  content: PromptContent;
  hash: string;
  message: string;
  baseNumber: number | null;
  createdById: string;
  /** What the list is searched in from now on. */
  searchText: string;
}

/** Adds the next version; the caller holds the prompt and gives `lastNumber + 1`. */
export async function insertVersion(tx: Tx, { searchText, ...version }: NewVersion): Promise<void> {
  const { promptId, number, content } = version;
  // Through JSON, so that what is absent is not there.
  const stored = JSON.parse(JSON.stringify(content)) as object;
  await tx.promptVersion.create({ data: { ...version, content: stored } });
  await tx.prompt.update({
    where: { id: promptId },
    data: { lastNumber: number, searchText, changedAt: now() },
  });
}
