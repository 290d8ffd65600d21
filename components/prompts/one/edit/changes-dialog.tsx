"use client";
import { useQueries } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { PromptDetail } from "@/lib/prompts";
import { versionQuery } from "@/lib/prompts/client";
import { ContentCompare } from "../versions/content-compare";

interface ChangesDialogProps {
  prompt: PromptDetail;
  baseNumber: number;
  onClose: () => void;
}

/** What others saved since a draft was begun. */
export function ChangesDialog({ prompt, baseNumber, onClose }: ChangesDialogProps) {
  const { fullName, lastNumber } = prompt;
  const [base, last] = useQueries({
    queries: [versionQuery(fullName, baseNumber), versionQuery(fullName, lastNumber)],
  });
  const failed = [base, last].find(({ isError }) => isError);
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={`Since your draft began: v${baseNumber} → v${lastNumber}`}
      subtitle={fullName}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            Saving the draft as a version merges it with v{lastNumber}.
          </span>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {failed ? (
        <ErrorState
          title="The versions could not be read"
          error={failed.error}
          onRetry={() => void Promise.all([base.refetch(), last.refetch()])}
        />
      ) : base.data && last.data ? (
        <ContentCompare
          before={base.data.content}
          after={last.data.content}
          names={[`v${baseNumber}`, `v${lastNumber}`]}
        />
      ) : (
        <RowsSkeleton rows={6} />
      )}
    </Dialog>
  );
}
