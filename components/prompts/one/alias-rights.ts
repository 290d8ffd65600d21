import type { AliasRule, PromptDetail } from "@/lib/prompts";

interface AliasRight {
  move: boolean;
  request: boolean;
}

/** What the reader may do with an alias; one that does not exist yet belongs to whoever manages the prompt. */
export function rightOn({ rights, may }: PromptDetail, alias: string): AliasRight {
  return rights.find((right) => right.alias === alias) ?? { move: may.manage, request: false };
}

export const ruleOf = ({ rules }: PromptDetail, alias: string): AliasRule | undefined =>
  rules.find((rule) => rule.alias === alias);

/** Aliases that exist, and those that a rule protects before they do, by name. */
export function knownAliases({ aliases, rules }: PromptDetail): string[] {
  return [...new Set([...aliases, ...rules].map(({ alias }) => alias))].sort();
}

/** "Mira, support-leads or whoever has MANAGE": those who decide on a move that somebody asks for. */
export function decidersWords({ movers }: AliasRule): string {
  const manager = "whoever has MANAGE";
  return movers.length === 0 ? manager : `${movers.map(({ name }) => name).join(", ")} or ${manager}`;
}
