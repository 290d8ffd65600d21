import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import type { DraftState } from "./draft-session";

/** Whether what is typed is kept; its failures stand over the text. */
export function SavingWord({ state: { saving, updatedAt } }: { state: DraftState }) {
  const isBusy = saving.state === "waiting" || saving.state === "saving";
  return (
    <span role="status" className="flex items-center gap-1.5 text-small text-fg-subtle">
      {isBusy ? (
        <>
          <Tile status="live" size={7} /> Saving the draft
        </>
      ) : saving.state === "saved" || saving.state === "unchanged" ? (
        updatedAt && (
          <>
            <Tile status="ready" size={7} />
            <span>
              saved <Time at={updatedAt} />
            </span>
          </>
        )
      ) : (
        <span className="flex items-center gap-1.5 text-danger">
          <Tile status="failed" size={7} /> not saved
        </span>
      )}
    </span>
  );
}
