"use client";
import { useState } from "react";
import { useStore } from "zustand";
import type { LoadedPrompt } from "@/lib/playground";
import {
  asksByItself,
  conversationPlace,
  currentContent,
  isEdited,
  type PromptTarget,
  promptChanges,
  takesMessages,
} from "@/lib/playground/client";
import { ChangeList } from "../change-list";
import { PromptFoot, PromptMessages } from "../prompt-messages";
import type { Session } from "../session";
import { ContentEditor } from "./content-editor";
import { LoadedHead } from "./loaded-head";

interface LoadedEditorProps {
  session: Session;
  target: PromptTarget;
  prompt: LoadedPrompt;
  roomy?: boolean | undefined;
}

/** A version of a prompt, to be run as it is or changed here; what differs from it shows word by word. */
export function LoadedEditor({ session, target, prompt, roomy }: LoadedEditorProps) {
  const [comparing, setComparing] = useState(false);
  const sameInput = useStore(session.workspace.store, (state) => state.sameInput);
  const content = currentContent(prompt);
  const shows = comparing && isEdited(prompt);
  return (
    <>
      <LoadedHead
        session={session}
        target={target}
        prompt={prompt}
        comparing={shows}
        onCompare={() => setComparing(!shows)}
      />
      <div className="flex min-h-0 flex-col gap-2 overflow-y-auto">
        {shows ? (
          <ChangeList
            changes={promptChanges(content, prompt.written)}
            sides={["here", `v${prompt.version}`]}
          />
        ) : (
          <ContentEditor session={session} target={target} content={content} roomy={roomy} />
        )}
        {takesMessages(content) && sameInput && (
          <>
            <p className="border-t pt-2 text-micro text-fg-subtle">{placeWords(content)}</p>
            <PromptMessages session={session} roomy={roomy} />
          </>
        )}
      </div>
      {sameInput && <PromptFoot session={session} content={content} />}
    </>
  );
}

function placeWords(content: LoadedPrompt["written"]): string {
  const place = conversationPlace(content);
  if (place === undefined) return "The prompt does not ask by itself. This follows it:";
  return asksByItself(content)
    ? `This stands in the place of ${place}; it may stay blank:`
    : `This, and the conversation after it, stands in the place of ${place}:`;
}
