import "server-only";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "promptVersion" | "promptAlias">;

export interface AskedVersion {
  promptId: string;
  number: number;
}

/** Versions of several prompts, without their texts. */
export function findSummaryRows(reader: Reader, asked: readonly AskedVersion[]) {
  return reader.promptVersion.findMany({
    select: {
      promptId: true,
      number: true,
      message: true,
      baseNumber: true,
      hash: true,
      createdById: true,
      createdAt: true,
    },
    where: { OR: asked.map(({ promptId, number }) => ({ promptId, number })) },
  });
}

/** Where the aliases of several prompts point, by alias. */
export function findAliasesOf(reader: Reader, promptIds: readonly string[]) {
  return reader.promptAlias.findMany({
    select: { promptId: true, alias: true, version: true },
    where: { promptId: { in: [...promptIds] } },
    orderBy: { alias: "asc" },
  });
}
