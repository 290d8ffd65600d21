"use client";
import { cx } from "@/components/ui/cx";
import type { PromptDetail } from "@/lib/prompts";
import type { PromptViewState } from "../use-prompt-view";
import { AliasHistory } from "./alias-history";
import { ComparePane } from "./compare-pane";
import { VersionList } from "./version-list";

interface VersionsTabProps {
  prompt: PromptDetail;
  view: PromptViewState;
}

/** The history at the left and two of its versions at the right; on a narrow screen one of the two. */
export function VersionsTab({ prompt, view }: VersionsTabProps) {
  return (
    <div className="md:grid md:h-full md:grid-cols-[264px_minmax(0,1fr)] lg:grid-cols-[316px_minmax(0,1fr)]">
      <aside
        aria-label="Versions and aliases"
        className={cx(
          "flex min-h-0 flex-col bg-canvas md:border-r",
          // A version that the address names fills a narrow screen.
          view.isOpen && "max-md:hidden",
        )}
      >
        <VersionList prompt={prompt} view={view} />
        <AliasHistory prompt={prompt} />
      </aside>
      <section
        aria-label="Comparison"
        className={cx("flex min-h-0 min-w-0 flex-col", !view.isOpen && "max-md:hidden")}
      >
        <ComparePane prompt={prompt} view={view} />
      </section>
    </div>
  );
}
