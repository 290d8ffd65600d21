import type { MenuItem } from "@/components/ui/menu";
import type { PromptDetail, PromptInvocation } from "@/lib/prompts";
import { replayPath } from "../playground-path";

const mostOffered = 8;

/** A past call in the playground: with its own version, and with others on the same variables. */
export function replayItems(prompt: PromptDetail, { id, version, variables }: PromptInvocation): MenuItem[] {
  const why = variables === null ? "its variables were not kept" : undefined;
  const aliased = prompt.aliases.map((alias) => alias.version);
  const others = [...new Set([...aliased, ...prompt.versions.map(({ number }) => number)])]
    .filter((number) => number !== version)
    .slice(0, mostOffered)
    .sort((a, b) => b - a);
  const item = (number: number, separated = false): MenuItem => ({
    label: number === version ? `Again with v${number}` : `With v${number}`,
    icon: number === version ? "again" : "chat",
    detail: prompt.aliases
      .filter((alias) => alias.version === number)
      .map(({ alias }) => alias)
      .join(", "),
    separated,
    ...(why ? { disabledReason: why } : { href: replayPath(prompt.fullName, number, id) }),
  });
  return [item(version), ...others.map((number, index) => item(number, index === 0))];
}
