"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { Segment } from "@/components/ui/segment";
import { isPromptEdited, isUnresolved, promptAt, promptsOf } from "@/lib/playground/client";
import { PromptEditor } from "../prompt-editor";
import type { Session } from "../session";
import { useHidden } from "../use-hidden";
import { useTargets } from "./use-targets";

// Not needed before a prompt of the library is loaded.
const LoadedEditor = dynamic(() => import("./loaded-editor").then((module) => module.LoadedEditor), {
  ssr: false,
});

const UnresolvedNote = dynamic(() => import("./unresolved-note").then((module) => module.UnresolvedNote), {
  ssr: false,
});

interface PromptSideProps {
  session: Session;
  roomy?: boolean;
}

/** What is asked: written here, or by prompts of the library, for all columns or for one. */
export function PromptSide({ session, roomy }: PromptSideProps) {
  const { workspace, view } = session;
  const { options, shown } = useTargets(session);
  const loaded = useStore(workspace.store, (state) => promptAt(state, shown));
  const columns = useStore(workspace.store, (state) => state.columns);
  const shared = useStore(workspace.store, (state) => state.prompt);
  const unread = promptsOf({ columns, prompt: shared }).filter(isUnresolved);
  const edited = useStore(workspace.store, isPromptEdited);
  const hidden = useHidden(session);
  const hasOwn = columns.some(({ prompt }) => prompt);
  return (
    <>
      {options.length > 1 && (
        <Segment
          label="Prompt of"
          value={shown}
          onChange={(promptShown) => view.setState({ promptShown })}
          options={options}
          className="self-start justify-self-start"
        />
      )}
      {hidden && hasOwn && (
        <p className="text-small text-fg-subtle">
          Prompts of columns show once you have voted: they would say which column is which.
        </p>
      )}
      {unread.map((prompt, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one that is typed in stays where it is.
        <UnresolvedNote key={index} session={session} prompt={prompt} />
      ))}
      {loaded ? (
        <LoadedEditor session={session} target={shown} prompt={loaded} roomy={roomy} />
      ) : (
        !(hidden && hasOwn) && <PromptEditor session={session} roomy={roomy} />
      )}
      {edited && (
        <p className="pl-14.5 text-micro text-warn">
          Edited since it was sent. Run begins a new branch with it.
        </p>
      )}
    </>
  );
}
