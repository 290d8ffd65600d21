"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Time } from "@/components/ui/time";
import type { PlaygroundSession } from "@/lib/playground";
import { changesBetween, documentOf, titleOf } from "@/lib/playground/client";
import { ChangeList } from "./change-list";
import type { Session } from "./session";

/** Two tabs saved the same comparison: both are kept until one chooses. */
export function ConflictDialog({ session }: { session: Session }) {
  const { workspace, runner, saver } = session;
  const save = useStore(workspace.store, (state) => state.save);
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
      size="lg"
      onOpenChange={() => undefined}
      title="Not saved. Another tab saved this comparison first"
      subtitle={current.title}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            "Load theirs" drops what is only here. "Save mine as new" keeps both, each under its own address.
          </span>
          <Button onClick={takeTheirs}>Load theirs</Button>
          <Button variant="primary" onClick={() => void saver.saveAsNew()}>
            Save mine as new
          </Button>
        </>
      }
    >
      <Differences session={session} current={current} />
    </Dialog>
  );
}

function Differences({ session, current }: { session: Session; current: PlaygroundSession }) {
  const { workspace } = session;
  const revision = useStore(workspace.store, (state) => state.revision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for all that is read here.
  const changes = useMemo(() => {
    const state = workspace.store.getState();
    const document = documentOf(workspace, "without");
    // An empty title follows the first message, here as there.
    return changesBetween({ title: state.title || titleOf(document), document }, current);
  }, [workspace, revision, current]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <p className="text-small text-fg-muted">
        There is version {current.version}, saved <Time at={current.updatedAt} />.{" "}
        {changes.length === 0
          ? "It says the same as this tab."
          : "Of a text, words only here are underlined, words only there are struck through."}
      </p>
      {changes.length > 0 && <ChangeList changes={changes} />}
    </div>
  );
}
