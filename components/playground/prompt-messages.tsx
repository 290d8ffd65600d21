"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import {
  addMessage,
  attach,
  promptMessage,
  sendsMessages,
  takesMessages,
  variablesOf,
} from "@/lib/playground/client";
import { type PromptContent, textsOf } from "@/lib/prompts";
import { AttachButton } from "./attach-button";
import { count } from "./figures";
import { PromptMessage } from "./prompt-message";
import type { Session } from "./session";

interface PromptMessagesProps {
  session: Session;
  roomy?: boolean | undefined;
}

/** The messages that are written on this page. */
export function PromptMessages({ session, roomy }: PromptMessagesProps) {
  const messages = useStore(session.workspace.store, (state) => state.messages);
  return messages.map((message, index) => (
    <PromptMessage
      key={message.id}
      session={session}
      message={message}
      index={index}
      count={messages.length}
      className={roomy ? "max-h-[40dvh] min-h-10" : "max-h-34 min-h-5"}
    />
  ));
}

interface PromptFootProps {
  session: Session;
  /** Of a prompt of the library that stands above; absent where none does. */
  content?: PromptContent;
}

/** What can be added to the messages, and how much they are. */
export function PromptFoot({ session, content }: PromptFootProps) {
  const { workspace, view } = session;
  const asked = useStore(workspace.store, promptMessage);
  const takes = useStore(workspace.store, sendsMessages);
  return (
    <div className="mt-auto flex flex-wrap items-center gap-1 pl-12">
      {takes && (
        <>
          <Button variant="ghost" size="sm" icon="plus" onClick={() => addMessage(workspace)}>
            Message
          </Button>
          <AttachButton
            count={asked?.attachments?.length}
            onAdd={(files) => asked && attach(workspace, asked.id, files)}
          />
        </>
      )}
      {!content && (
        <Button
          variant="ghost"
          size="sm"
          icon="prompt"
          onClick={() => view.setState({ dialog: "prompt", promptShown: "all", promptBeside: false })}
        >
          Load a prompt
        </Button>
      )}
      <Facts session={session} content={content} />
    </div>
  );
}

function Facts({ session, content }: PromptFootProps) {
  const state = useStore(session.workspace.store);
  const names = variablesOf(state).length;
  const own = content ? textsOf(content) : [state.system];
  const added = !content || takesMessages(content) ? state.messages.map(({ text }) => text) : [];
  const characters = [...own, ...added].reduce((sum, text) => sum + text.length, 0);
  const variables = names === 0 ? "" : `${names} variable${names === 1 ? "" : "s"}, `;
  return (
    <span className="ml-auto text-micro whitespace-nowrap text-fg-subtle">
      {variables}
      {count(characters)} characters
    </span>
  );
}
