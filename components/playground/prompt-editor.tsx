"use client";
import { useId } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import {
  addMessage,
  attach,
  isPromptEdited,
  promptMessage,
  setSystem,
  variablesOf,
} from "@/lib/playground/client";
import { AttachButton } from "./attach-button";
import { count } from "./figures";
import { MarkedTextarea } from "./marked-textarea";
import { PromptMessage } from "./prompt-message";
import type { Session } from "./session";

/** The system prompt and the messages, as text that lies on the panel. */
export function PromptEditor({ session, roomy }: { session: Session; roomy?: boolean }) {
  const { workspace } = session;
  const state = useStore(workspace.store);
  const { system, messages, sameInput, turns } = state;
  const edited = useStore(workspace.store, isPromptEdited);
  const system_ = useId();
  const height = roomy ? "max-h-[40dvh] min-h-10" : "max-h-34 min-h-5";
  const asked = promptMessage(state);
  const shown = sameInput || turns.length > 0;
  return (
    <>
      <div className="flex min-h-0 flex-col gap-2 overflow-y-auto">
        <div className="grid grid-cols-[54px_1fr_26px] gap-1">
          <label htmlFor={system_} className="text-micro leading-5 text-fg-subtle">
            system
          </label>
          <MarkedTextarea
            id={system_}
            rows={1}
            placeholder="What the model should be and do (may stay blank)"
            value={system}
            onChange={(event) => setSystem(workspace, event.target.value)}
            className={height}
          />
        </div>
        {shown &&
          messages.map((message, index) => (
            <PromptMessage
              key={message.id}
              session={session}
              message={message}
              index={index}
              count={messages.length}
              className={height}
            />
          ))}
      </div>
      {shown && (
        <div className="mt-auto flex flex-wrap items-center gap-1 pl-12">
          <Button variant="ghost" size="sm" icon="plus" onClick={() => addMessage(workspace)}>
            Message
          </Button>
          <AttachButton
            count={asked?.attachments?.length}
            onAdd={(files) => asked && attach(workspace, asked.id, files)}
          />
          <Facts session={session} />
        </div>
      )}
      {edited && (
        <p className="pl-14.5 text-micro text-warn">
          Edited since it was sent. Run begins a new branch with it.
        </p>
      )}
    </>
  );
}

function Facts({ session }: { session: Session }) {
  const state = useStore(session.workspace.store);
  const names = variablesOf(state).length;
  const characters = state.system.length + state.messages.reduce((sum, { text }) => sum + text.length, 0);
  const variables = names === 0 ? "" : `${names} variable${names === 1 ? "" : "s"}, `;
  return (
    <span className="ml-auto text-micro whitespace-nowrap text-fg-subtle">
      {variables}
      {count(characters)} characters
    </span>
  );
}
