"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { PromptDetail } from "@/lib/prompts";
import { draftQuery, versionQuery } from "@/lib/prompts/client";
import { DraftEditor } from "./draft-editor";

interface EditTabProps {
  prompt: PromptDetail;
  /** The draft became this version. */
  onSaved: (version: number) => void;
}

/** One's own draft, or the last version where there is none yet; the first change makes the draft. */
export function EditTab({ prompt, onSaved }: EditTabProps) {
  const { fullName, lastNumber } = prompt;
  const [round, setRound] = useState(0);
  // What is typed is never overwritten by what is read again meanwhile.
  const draft = useQuery({ ...draftQuery(fullName), staleTime: Number.POSITIVE_INFINITY });
  const last = useQuery(versionQuery(fullName, lastNumber));
  const failed = [draft, last].find(({ isError }) => isError);
  if (failed) {
    return (
      <ErrorState
        title="The draft could not be read"
        error={failed.error}
        onRetry={() => void Promise.all([draft.refetch(), last.refetch()])}
      />
    );
  }
  if (draft.isPending || last.isPending || !last.data) return <RowsSkeleton rows={8} />;
  return (
    <DraftEditor
      key={round}
      prompt={prompt}
      start={
        draft.data
          ? { ...draft.data, draft: draft.data }
          : { content: last.data.content, baseNumber: lastNumber, draft: null }
      }
      onSaved={onSaved}
      onRestart={async () => {
        await draft.refetch();
        setRound(round + 1);
      }}
    />
  );
}
