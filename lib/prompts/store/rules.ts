import "server-only";
import { now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "promptAliasRule">;

/** The rules of these prompts, by alias. */
export function findRulesOf(reader: Reader, promptIds: readonly string[]) {
  return reader.promptAliasRule.findMany({
    where: { promptId: { in: [...promptIds] } },
    orderBy: { alias: "asc" },
  });
}

export type RuleRow = Awaited<ReturnType<typeof findRulesOf>>[number];

export async function saveRuleRow(
  tx: Tx,
  rule: { promptId: string; alias: string; moverIds: string[]; approval: boolean; setById: string },
): Promise<void> {
  const { promptId, alias, ...facts } = rule;
  await tx.promptAliasRule.upsert({
    where: { promptId_alias: { promptId, alias } },
    create: rule,
    update: { ...facts, setAt: now() },
  });
}

/** Whether there was one. */
export async function removeRuleRow(tx: Tx, promptId: string, alias: string): Promise<boolean> {
  const { count } = await tx.promptAliasRule.deleteMany({ where: { promptId, alias } });
  return count > 0;
}
