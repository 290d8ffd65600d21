"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { Draft, PromptDetail, PromptVersion } from "@/lib/prompts";
import { draftQuery, versionQuery } from "@/lib/prompts/client";
import { DraftEditor } from "./draft-editor";
import type { DraftStart } from "./use-draft-session";

interface EditTabProps {
  prompt: PromptDetail;
  /** The draft became this version. */
  onSaved: (version: number) => void;
}

const startOf = (draft: Draft | null, last: PromptVersion): DraftStart =>
  draft ? { ...draft, draft } : { content: last.content, baseNumber: last.number, draft };

/** One's own draft, or the last version where there is none yet; the first change makes the draft. */
export function EditTab({ prompt, onSaved }: EditTabProps) {
  const { fullName, lastNumber } = prompt;
  const cache = useQueryClient();
  // What is typed outlives everything that is read again meanwhile, such as a version that somebody else saved.
  const [begun, setBegun] = useState<{ round: number; start: DraftStart }>();
  const draft = useQuery({ ...draftQuery(fullName), enabled: !begun });
  const last = useQuery({ ...versionQuery(fullName, lastNumber), enabled: !begun });
  if (!begun && draft.data !== undefined && last.data && !draft.isFetching)
    setBegun({ round: 0, start: startOf(draft.data, last.data) });
  if (begun) {
    return (
      <DraftEditor
        key={begun.round}
        prompt={prompt}
        start={begun.start}
        onSaved={onSaved}
        onRestart={async () => {
          const [kept, version] = await Promise.all([
            cache.fetchQuery({ ...draftQuery(fullName), staleTime: 0 }),
            cache.fetchQuery(versionQuery(fullName, lastNumber)),
          ]);
          setBegun({ round: begun.round + 1, start: startOf(kept, version) });
        }}
      />
    );
  }
  const failed = [draft, last].find(({ isError }) => isError);
  if (!failed) return <RowsSkeleton rows={8} />;
  return (
    <ErrorState
      title="The draft could not be read"
      error={failed.error}
      onRetry={() => void Promise.all([draft.refetch(), last.refetch()])}
    />
  );
}
