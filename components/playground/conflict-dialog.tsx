"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Time } from "@/components/ui/time";
import { turnCount } from "./figures";
import type { Session } from "./session";

/** Two tabs saved the same comparison: both are kept until one chooses. */
export function ConflictDialog({ session }: { session: Session }) {
  const { workspace, runner, saver } = session;
  const save = useStore(workspace.store, (state) => state.save);
  const mine = useStore(workspace.store, (state) => state.turns.length);
  if (save.kind !== "conflict") return null;
  const { current } = save;
  const takeTheirs = () => {
    runner.stopAll();
    saver.takeTheirs();
  };
  return (
    <Dialog
      open
      keep
      onOpenChange={() => undefined}
      title="Not saved. Another tab saved this comparison first"
      subtitle={current.title}
      footer={
        <>
          <Button className="ml-auto" onClick={takeTheirs}>
            Load theirs
          </Button>
          <Button variant="primary" onClick={() => void saver.saveAsNew()}>
            Save mine as new
          </Button>
        </>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-fg-muted">Theirs</dt>
        <dd>
          version {current.version}, {turnCount(current.document.turns.length)}, saved{" "}
          <Time at={current.updatedAt} />
        </dd>
        <dt className="text-fg-muted">Mine</dt>
        <dd>{turnCount(mine)}, in this tab alone</dd>
      </dl>
      <p className="mt-3 text-small text-fg-muted">
        "Load theirs" drops what changed in this tab. "Save mine as new" keeps both, each under its own
        address.
      </p>
    </Dialog>
  );
}
