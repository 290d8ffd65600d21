"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Time } from "@/components/ui/time";
import { useSend } from "@/components/ui/use-send";
import type { Draft, PromptDetail } from "@/lib/prompts";
import { draftQuery } from "@/lib/prompts/client";
import { ContentCompare } from "../versions/content-compare";
import type { DraftSession, DraftState } from "./draft-session";

interface ElsewhereDialogProps {
  prompt: PromptDetail;
  session: DraftSession;
  state: DraftState;
  onClose: () => void;
  onRestart: () => Promise<void>;
}

/** Two tabs changed one draft: both are shown, and one is chosen. */
export function ElsewhereDialog({ prompt, session, state, onClose, onRestart }: ElsewhereDialogProps) {
  const query = draftQuery(prompt.fullName);
  // Beside the cache: what is shown here must not become what the editor starts from before it is chosen.
  const kept = useQuery({ ...query, queryKey: [...query.queryKey, "elsewhere"], staleTime: 0 });
  const overwrite = useSend((draft: Draft | null) => session.overwrite(draft), onClose);
  const load = useSend<void, void>(async () => {
    session.stop();
    await onRestart();
  }, onClose);
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title="Not saved. This draft was saved elsewhere first"
      subtitle={prompt.fullName}
      footer={
        <>
          <Consequence>What is not chosen is lost.</Consequence>
          <Button busy={load.busy} onClick={() => load.send()}>
            Load the other one
          </Button>
          <Button
            variant="primary"
            busy={overwrite.busy}
            disabledReason={kept.data === undefined ? "The other one is not read yet" : undefined}
            onClick={() => kept.data !== undefined && overwrite.send(kept.data)}
          >
            Keep mine
          </Button>
        </>
      }
    >
      {kept.isPending ? (
        <RowsSkeleton rows={4} />
      ) : kept.isError ? (
        <ErrorState
          title="The other draft could not be read"
          error={kept.error}
          onRetry={() => void kept.refetch()}
        />
      ) : kept.data === null ? (
        <p>The other one is gone: it became a version, or was discarded. What you wrote is only here.</p>
      ) : (
        <div className="grid gap-2.5">
          <p className="text-small text-fg-muted">
            Left: saved elsewhere <Time at={kept.data.updatedAt} />. Right: what is here.
          </p>
          <ContentCompare before={kept.data.content} after={state.content} names={["elsewhere", "here"]} />
        </div>
      )}
    </Dialog>
  );
}
