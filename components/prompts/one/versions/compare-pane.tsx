"use client";
import { useMemo, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useMedia } from "@/components/ui/use-media";
import { type ContentDiff, diffContents, type PromptContent, type PromptDetail } from "@/lib/prompts";
import { sideName } from "../side-name";
import type { PromptViewState } from "../use-prompt-view";
import { CompareBar } from "./compare-bar";
import { ConfigurationTable } from "./configuration-table";
import type { DiffMode } from "./diff-mode";
import { DiffSections } from "./diff-sections";
import { SideHeads } from "./side-heads";
import { useSide } from "./use-side";
import { VersionFigures } from "./version-figures";

interface ComparePaneProps {
  prompt: PromptDetail;
  view: PromptViewState;
}

/** Two versions beside each other, or the only one by itself. */
export function ComparePane({ prompt, view }: ComparePaneProps) {
  const { version, against } = view;
  const [chosen, setMode] = useState<DiffMode>("side");
  const [isConfigurationShown, setConfigurationShown] = useState(true);
  const isWide = useMedia("(min-width: 56.25rem)");
  const mode = isWide ? chosen : "inline";
  const right = useSide(prompt, version);
  const left = useSide(prompt, against);
  const failed = [right, left].find(({ error }) => error);
  // A version by itself is held against itself: nothing of it is marked.
  const before = against === undefined ? right.content : left.content;
  const after = right.content;
  const diff = useMemo(() => before && after && diffContents(before, after), [before, after]);
  return (
    <>
      <CompareBar
        prompt={prompt}
        view={view}
        words={diff}
        mode={isWide ? chosen : undefined}
        onMode={setMode}
        isConfigurationShown={isConfigurationShown}
        onConfiguration={setConfigurationShown}
      />
      <div className="min-h-0 flex-1 md:overflow-y-auto">
        {failed ? (
          <ErrorState title="The versions could not be read" error={failed.error} onRetry={failed.retry} />
        ) : left.isPending || right.isPending ? (
          <RowsSkeleton rows={8} height="h-6" />
        ) : diff && before && after ? (
          <Compared
            diff={diff}
            before={before}
            after={after}
            names={against === undefined ? undefined : [sideName(against), sideName(version)]}
            mode={mode}
            isConfigurationShown={isConfigurationShown}
          />
        ) : (
          <EmptyState kind="prompt" title="The draft is gone">
            It became a version, or was discarded.
          </EmptyState>
        )}
      </div>
      <VersionFigures prompt={prompt} left={against} right={version} />
    </>
  );
}

interface ComparedProps {
  diff: ContentDiff;
  before: PromptContent;
  after: PromptContent;
  /** Of both sides; absent for one version by itself. */
  names: readonly [string, string] | undefined;
  mode: DiffMode;
  isConfigurationShown: boolean;
}

function Compared({ diff, before, after, names, mode, isConfigurationShown }: ComparedProps) {
  const isSplit = mode === "side" && names !== undefined;
  return (
    <>
      {names && diff.isSame && (
        <p className="border-b px-4 py-2.5 text-small text-fg-muted">
          {names[0]} and {names[1]} say the same, in texts and in configuration.
        </p>
      )}
      <SideHeads before={before} after={after} isSplit={isSplit} isPair={names !== undefined} />
      <DiffSections sections={diff.sections} isSplit={isSplit} />
      {isConfigurationShown && <ConfigurationTable rows={diff.configuration} names={names} />}
    </>
  );
}
