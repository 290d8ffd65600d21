"use client";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import type { DraftDialog } from "./draft-dialog";
import type { DraftSession, DraftState } from "./draft-session";

interface DraftProblemProps {
  state: DraftState;
  session: DraftSession;
  open: (dialog: DraftDialog) => void;
}

/** Why the draft is not kept as it stands, and the way on. */
export function DraftProblem({ state: { saving }, session, open }: DraftProblemProps) {
  if (saving.state === "conflict") {
    return (
      <Problem act={<Button onClick={() => open("elsewhere")}>Compare</Button>}>
        Not saved. This draft was saved elsewhere meanwhile, in another tab or window of yours.
      </Problem>
    );
  }
  if (saving.state === "failed") {
    return (
      <Problem
        act={
          <Button icon="again" onClick={() => void session.flush()}>
            Try again
          </Button>
        }
      >
        Not saved; what you wrote is still here. {saving.why}
      </Problem>
    );
  }
  if (saving.state === "refused") return <Problem>Not saved. {saving.why}</Problem>;
  return null;
}

function Problem({ act, children }: { act?: React.ReactNode; children: React.ReactNode }) {
  return (
    <Note tone="danger" alert className="m-4">
      <span className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1">{children}</span>
        {act}
      </span>
    </Note>
  );
}
