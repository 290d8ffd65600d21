"use client";
import { Button } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { PromptDetail } from "@/lib/prompts";
import { knownAliases, rightOn, ruleOf } from "./alias-rights";
import type { PromptDialog } from "./use-prompt-dialog";
import type { Side } from "./use-prompt-view";

interface AliasMenuProps {
  prompt: PromptDetail;
  /** The version in sight: where an alias would go. */
  version: Side;
  open: (dialog: PromptDialog) => void;
  /** Something else on the page is what one is most likely to do. */
  isQuiet?: boolean;
}

/** Every alias with the move that the version in sight offers; what the reader may only ask for says so. */
export function AliasMenu({ prompt, version, open, isQuiet }: AliasMenuProps) {
  const target = version === "draft" ? prompt.lastNumber : version;
  const aliases = knownAliases(prompt);
  const rights = aliases.map((alias) => ({ alias, ...rightOn(prompt, alias) }));
  const mayMove = prompt.may.manage || rights.some(({ move }) => move);
  if (!mayMove && !rights.some(({ request }) => request)) return null;
  const moves = rights.map(({ alias, move, request }): MenuItem => {
    const at = prompt.aliases.find((one) => one.alias === alias)?.version;
    return {
      label: move || !request ? `Move ${alias}` : `Request move of ${alias}`,
      icon: ruleOf(prompt, alias) ? "lock" : "pin",
      detail: at === target ? `at v${at}` : `${at === undefined ? "nowhere" : `v${at}`} → v${target}`,
      disabledReason: move || request ? undefined : "you may not move it",
      onSelect: () => open({ kind: "move-alias", alias, version: target }),
    };
  });
  const removable = rights.filter(
    ({ alias, move }) => move && prompt.aliases.some((one) => one.alias === alias),
  );
  const items: MenuItem[] = [
    ...moves,
    ...(prompt.may.manage ? managed(aliases, prompt, open) : []),
    ...removable.map(
      ({ alias }, index): MenuItem => ({
        label: `Remove ${alias}`,
        icon: "trash",
        danger: true,
        separated: index === 0,
        onSelect: () => open({ kind: "remove-alias", alias }),
      }),
    ),
  ];
  return (
    <Menu
      items={items}
      trigger={
        <Button variant={isQuiet ? "default" : "primary"} iconAfter="chevron-down">
          {mayMove ? "Move alias" : "Request move"}
        </Button>
      }
    />
  );
}

function managed(
  aliases: readonly string[],
  prompt: PromptDetail,
  open: (dialog: PromptDialog) => void,
): MenuItem[] {
  return [
    {
      label: "New alias",
      icon: "plus",
      separated: aliases.length > 0,
      onSelect: () => open({ kind: "new-alias" }),
    },
    ...aliases.map(
      (alias, index): MenuItem => ({
        label: ruleOf(prompt, alias) ? `Change who may move ${alias}` : `Protect ${alias}`,
        icon: "shield",
        separated: index === 0,
        onSelect: () => open({ kind: "protect-alias", alias }),
      }),
    ),
  ];
}
