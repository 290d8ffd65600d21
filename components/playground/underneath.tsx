"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { promptHash, reveal } from "@/lib/playground/client";
import { useLastAnswers } from "./column-figures";
import { letters } from "./figures";
import type { Session } from "./session";
import { usePath } from "./use-path";
import { useShownColumns } from "./use-shown-columns";

const VoteBar = dynamic(() => import("./vote-bar").then((module) => module.VoteBar), { ssr: false });

const Comparison = dynamic(() => import("./comparison").then((module) => module.Comparison), { ssr: false });

/** Under the answers: their figures against each other, or the vote while these are hidden. */
export function Underneath({ session }: { session: Session }) {
  const blind = useStore(session.workspace.store, (state) => state.blind);
  if (blind && !blind.revealed) return <Vote session={session} />;
  return <Comparison session={session} />;
}

function Vote({ session }: { session: Session }) {
  const { workspace } = session;
  const columns = useShownColumns(session);
  const running = useStore(workspace.store, (state) => state.running.length > 0);
  const inOrder = useStore(workspace.store, (state) => state.columns);
  const task = useStore(workspace.store, (state) => state.task);
  const last = usePath(session).at(-1);
  const answers = useLastAnswers(session, last?.id);
  const [hash, setHash] = useState("");
  useEffect(() => {
    let current = true;
    void promptHash(workspace, last?.id).then((made) => current && setHash(made));
    return () => {
      current = false;
    };
  }, [workspace, last]);
  const all = answers.length === columns.length && answers.every((answer) => answer?.outcome === "finished");
  const reason = running
    ? "Waits for the answers"
    : all
      ? undefined
      : "Needs a finished answer in every column";
  return (
    <VoteBar
      contenders={columns.map((column, index) => ({
        letter: letters[index] ?? "?",
        model: column.model,
        engine: column.engine,
        // Answers stand in the order of the columns, which is not the one shown.
        prompt: answers[inOrder.indexOf(column)]?.prompt,
      }))}
      promptHash={hash}
      task={task}
      disabledReason={reason}
      onVoted={() => reveal(workspace)}
    />
  );
}
