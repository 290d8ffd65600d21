"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { promptMessage, promptsOf, sourceName, variablesOf } from "@/lib/playground/client";
import { besidePromptClass, besidePromptHeadClass, promptClass } from "./prompt-class";
import { PromptSide } from "./prompts/prompt-side";
import { SampleTiles } from "./sample-tiles";
import type { Session } from "./session";

const PromptDialog = dynamic(() => import("./prompt-dialog").then((module) => module.PromptDialog), {
  ssr: false,
});

const Variables = dynamic(() => import("./variables").then((module) => module.Variables), { ssr: false });

/** The prompt above the columns; beside it its variables, or the samples until something was run. */
export function PromptPanel({ session }: { session: Session }) {
  const begun = useStore(
    session.workspace.store,
    (state) => state.turns.length > 0 || promptsOf(state).length > 0,
  );
  const hasVariables = useStore(session.workspace.store, (state) => variablesOf(state).length > 0);
  return (
    <>
      <section aria-label="Prompt" className={promptClass}>
        <div className="flex max-h-76 flex-col gap-2 px-4 pt-3 pb-2">
          <PromptSide session={session} />
        </div>
        {hasVariables ? (
          <div className="flex max-h-76 flex-col border-l max-md:border-t max-md:border-l-0">
            <Variables session={session} />
          </div>
        ) : (
          !begun && (
            <div className={besidePromptClass}>
              <h2 className={besidePromptHeadClass}>Sample tasks</h2>
              <SampleTiles session={session} />
            </div>
          )
        )}
      </section>
      <FoldedPrompt session={session} />
    </>
  );
}

/** The prompt in one line with Edit, where there is no room for it. */
function FoldedPrompt({ session }: { session: Session }) {
  const state = useStore(session.workspace.store);
  const open = useStore(session.view, ({ promptOpen }) => promptOpen);
  const setOpen = (promptOpen: boolean) => session.view.setState({ promptOpen });
  const names = variablesOf(state).length;
  const loaded = promptsOf(state).map(sourceName);
  const line =
    loaded.length > 0
      ? loaded.join(", ")
      : names > 0
        ? `Prompt and ${names} variable${names === 1 ? "" : "s"}`
        : promptMessage(state)?.text.trim() || state.system.trim() || "No prompt yet";
  return (
    <div className="flex min-h-10 flex-none items-center justify-between gap-3 border-b px-4 sm:hidden">
      <span className="truncate text-small text-fg-muted">{line}</span>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="min-h-11 flex-none text-small text-accent"
      >
        Edit<span className="sr-only"> the prompt</span>
      </button>
      {open && <PromptDialog session={session} onClose={() => setOpen(false)} />}
    </div>
  );
}
