import "server-only";
import { now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "promptAliasRule">;

/** Who may move an alias; null for one that is not protected. */
export function findRule(reader: Reader, promptId: string, alias: string) {
  return reader.promptAliasRule.findUnique({ where: { promptId_alias: { promptId, alias } } });
}
export type RuleRow = NonNullable<Awaited<ReturnType<typeof findRule>>>;

/** The rules of these prompts, by alias. */
export function findRulesOf(reader: Reader, promptIds: readonly string[]): Promise<RuleRow[]> {
  return reader.promptAliasRule.findMany({
    where: { promptId: { in: [...promptIds] } },
    orderBy: { alias: "asc" },
  });
}

export function countRules(reader: Reader, promptId: string): Promise<number> {
  return reader.promptAliasRule.count({ where: { promptId } });
}

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
