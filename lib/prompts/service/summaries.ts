import "server-only";
import { db } from "@/lib/db/server";
import type { VersionSummary } from "../schema";
import { type AskedVersion, findAliasesOf, findSummaryRows } from "../store/summaries";
import { peopleOf, toSummary } from "../view";

/** Versions of several prompts without their texts; the reader's right to know of the prompts was asked. */
export async function findSummaries(
  asked: readonly AskedVersion[],
): Promise<(promptId: string, number: number) => VersionSummary | null> {
  const { prisma } = await db();
  const [rows, aliases] = await Promise.all([
    findSummaryRows(prisma, asked),
    findAliasesOf(prisma, [...new Set(asked.map(({ promptId }) => promptId))]),
  ]);
  const people = await peopleOf(
    prisma,
    rows.map(({ createdById }) => createdById),
  );
  return (promptId, number) => {
    const row = rows.find((each) => each.promptId === promptId && each.number === number);
    const own = aliases.filter((each) => each.promptId === promptId);
    return row ? toSummary(row, own, people) : null;
  };
}
