"use client";
import { AliasChip } from "@/components/prompts/alias-chip";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Segment } from "@/components/ui/segment";
import { Switch } from "@/components/ui/switch";
import type { PromptDetail } from "@/lib/prompts";
import { ruleOf } from "../alias-rights";
import { counted } from "../figures";
import { playgroundPairPath } from "../playground-path";
import { sideName } from "../side-name";
import type { PromptViewState, Side } from "../use-prompt-view";
import type { DiffMode } from "./diff-mode";

interface CompareBarProps {
  prompt: PromptDetail;
  view: PromptViewState;
  /** How many came and went; undefined until both sides are read. */
  words: { inserted: number; deleted: number } | undefined;
  /** Undefined where there is room for one column only. */
  mode: DiffMode | undefined;
  onMode: (mode: DiffMode) => void;
  isConfigurationShown: boolean;
  onConfiguration: (shown: boolean) => void;
}

const modes = [
  { value: "side", label: "Side by side" },
  { value: "inline", label: "Inline" },
] as const;

/** From which version to which, how many words came and went, and how it is shown. */
export function CompareBar(props: CompareBarProps) {
  const { prompt, view, words, mode, onMode, isConfigurationShown, onConfiguration } = props;
  const { version, against, change } = view;
  return (
    <div className="flex min-h-12 flex-none flex-wrap items-center gap-x-2.5 gap-y-1.5 border-b px-4 py-2">
      <Button
        size="sm"
        variant="ghost"
        icon="chevron-left"
        className="-ml-2 min-h-11 md:hidden"
        onClick={() => change({ version: undefined, against: undefined })}
      >
        All versions
      </Button>
      {against !== undefined && (
        <>
          <SideTitle prompt={prompt} side={against} />
          <Icon name="arrow-right" className="text-fg-subtle" />
        </>
      )}
      <SideTitle prompt={prompt} side={version} />
      {words && against !== undefined && words.inserted + words.deleted > 0 && (
        <span className="text-small whitespace-nowrap">
          <span className="text-ok">+{counted(words.inserted, "word")}</span>{" "}
          <span className="text-danger">−{counted(words.deleted, "word")}</span>
        </span>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-3 max-sm:ml-0">
        {typeof against === "number" && typeof version === "number" && (
          <ButtonLink
            size="sm"
            variant="ghost"
            icon="chat"
            href={playgroundPairPath(prompt.fullName, against, version)}
          >
            Run both
          </ButtonLink>
        )}
        <Switch checked={isConfigurationShown} onChange={onConfiguration}>
          Configuration
        </Switch>
        {mode !== undefined && against !== undefined && (
          <Segment label="How the texts are compared" value={mode} onChange={onMode} options={modes} />
        )}
      </span>
    </div>
  );
}

function SideTitle({ prompt, side }: { prompt: PromptDetail; side: Side }) {
  return (
    <span className="flex items-center gap-2">
      <b>{sideName(side)}</b>
      {prompt.aliases
        .filter(({ version }) => version === side)
        .map(({ alias }) => (
          <AliasChip key={alias} alias={alias} isProtected={ruleOf(prompt, alias) !== undefined} />
        ))}
    </span>
  );
}
