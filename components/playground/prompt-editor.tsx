"use client";
import { type ReactNode, useId } from "react";
import { useStore } from "zustand";
import { Textarea } from "@/components/ui/textarea";
import { isPromptEdited, setPrompt, setSystem } from "@/lib/playground/client";
import type { Session } from "./session";

/** The system prompt and the first message, as text that lies on the panel. */
export function PromptEditor({ session, roomy }: { session: Session; roomy?: boolean }) {
  const { workspace } = session;
  const { system, prompt, sameInput, turns } = useStore(workspace.store);
  const edited = useStore(workspace.store, isPromptEdited);
  const height = roomy ? "max-h-[40dvh] min-h-24" : "max-h-34 min-h-5";
  return (
    <>
      <Message from="system">
        {(id) => (
          <Textarea
            id={id}
            bare
            rows={1}
            placeholder="What the model should be and do (may stay blank)"
            value={system}
            onChange={(event) => setSystem(workspace, event.target.value)}
            className={`overflow-y-auto rounded-1 ${height}`}
          />
        )}
      </Message>
      {(sameInput || turns.length > 0) && (
        <Message from="user">
          {(id) => (
            <Textarea
              id={id}
              bare
              rows={2}
              placeholder="The first message"
              value={prompt}
              onChange={(event) => setPrompt(workspace, event.target.value)}
              className={`overflow-y-auto rounded-1 ${height}`}
            />
          )}
        </Message>
      )}
      {edited && (
        <p className="pl-14.5 text-micro text-warn">Edited since it was sent. Run answers it anew.</p>
      )}
    </>
  );
}

function Message({ from, children }: { from: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[54px_1fr] gap-1">
      <label htmlFor={id} className="text-micro leading-5 text-fg-subtle">
        {from}
      </label>
      {children(id)}
    </div>
  );
}
