"use client";
import { Time } from "@/components/ui/time";
import type { PromptDetail } from "@/lib/prompts";
import type { PromptViewState } from "../use-prompt-view";
import { ListedRow } from "./listed-row";

interface DraftRowProps {
  draft: NonNullable<PromptDetail["draft"]>;
  view: PromptViewState;
}

/** What one has changed and nobody else sees. */
export function DraftRow({ draft: { baseNumber, updatedAt }, view }: DraftRowProps) {
  const message = baseNumber === 0 ? "Before the first version" : `Started from v${baseNumber}`;
  return (
    <ListedRow side="draft" name="draft" message={message} view={view}>
      <span>
        You, <Time at={updatedAt} />
      </span>
      <span className="ml-auto">not saved as a version</span>
    </ListedRow>
  );
}
