"use client";
import { useId } from "react";
import { useStore } from "zustand";
import { setSystem } from "@/lib/playground/client";
import { MarkedTextarea } from "./marked-textarea";
import { PromptFoot, PromptMessages } from "./prompt-messages";
import type { Session } from "./session";

/** The system prompt and the messages, as text that lies on the panel. */
export function PromptEditor({ session, roomy }: { session: Session; roomy?: boolean | undefined }) {
  const { workspace } = session;
  const { system, sameInput, turns } = useStore(workspace.store);
  const system_ = useId();
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
            className={roomy ? "max-h-[40dvh] min-h-10" : "max-h-34 min-h-5"}
          />
        </div>
        {shown && <PromptMessages session={session} roomy={roomy} />}
      </div>
      {shown && <PromptFoot session={session} />}
    </>
  );
}
