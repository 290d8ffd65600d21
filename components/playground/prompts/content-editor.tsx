"use client";
import { Button } from "@/components/ui/button";
import { editPrompt, type PromptTarget } from "@/lib/playground/client";
import { type PromptContent, bounds as promptBounds, type TemplateMessage } from "@/lib/prompts";
import { MarkedTextarea } from "../marked-textarea";
import type { Session } from "../session";
import { ContentMessage } from "./content-message";

interface ContentEditorProps {
  session: Session;
  target: PromptTarget;
  content: PromptContent;
  roomy?: boolean | undefined;
}

/** The text of a loaded prompt, message by message; changes stay here until they are saved as a version. */
export function ContentEditor({ session, target, content, roomy }: ContentEditorProps) {
  const { workspace } = session;
  const height = roomy ? "max-h-[40dvh] min-h-10" : "max-h-34 min-h-5";
  if (content.type === "text") {
    return (
      <div className="grid grid-cols-[54px_1fr_26px] gap-1">
        <span className="text-micro leading-5 text-fg-subtle">text</span>
        <MarkedTextarea
          aria-label="Text of the prompt"
          rows={2}
          maxLength={promptBounds.text}
          value={content.text}
          onChange={(event) => editPrompt(workspace, target, { ...content, text: event.target.value })}
          className={height}
        />
      </div>
    );
  }
  const { messages } = content;
  const change = (next: TemplateMessage[]) => editPrompt(workspace, target, { ...content, messages: next });
  const last = messages.at(-1);
  const nextRole = last && "text" in last && last.role === "user" ? "assistant" : "user";
  return (
    <>
      {messages.map((message, index) => (
        <ContentMessage
          // biome-ignore lint/suspicious/noArrayIndexKey: a message of a prompt has no other name than its place.
          key={index}
          message={message}
          index={index}
          messages={messages}
          className={height}
          onChange={change}
        />
      ))}
      <Button
        variant="ghost"
        size="sm"
        icon="plus"
        className="ml-12 self-start"
        onClick={() => change([...messages, { role: nextRole, text: "" }])}
        disabledReason={
          messages.length >= promptBounds.messages ? `${promptBounds.messages} messages at most` : undefined
        }
      >
        Message of the prompt
      </Button>
    </>
  );
}
