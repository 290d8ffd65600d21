"use client";
import { toast } from "@/components/ui/toaster";
import type { PromptMessage as Message } from "@/lib/playground";
import { attach, changeMessage, moveMessage, removeMessage } from "@/lib/playground/client";
import { AttachmentChips } from "./attachment-chips";
import { MarkedTextarea } from "./marked-textarea";
import { MessageMenu } from "./message-menu";
import type { Session } from "./session";
import { useAttach } from "./use-attach";

interface PromptMessageProps {
  session: Session;
  message: Message;
  index: number;
  count: number;
  className: string;
}

const placeholders = {
  user: "The first message. {{name}} makes a variable",
  assistant: "What the model is to have said",
};

/** One message of the prompt: its role, its words, its files, and its place. */
export function PromptMessage({ session, message, index, count, className }: PromptMessageProps) {
  const { workspace } = session;
  const { id, role, text, attachments = [] } = message;
  const last = index === count - 1;
  const add = useAttach(attachments.length, (files) => attach(workspace, id, files));
  const other = role === "user" ? "assistant" : "user";
  const remove = () => {
    const before = workspace.store.getState().messages;
    removeMessage(workspace, id);
    toast({
      message: "Removed a message of the prompt",
      action: {
        label: "Undo",
        onAction: () =>
          workspace.store.setState((state) => ({ messages: before, revision: state.revision + 1 })),
      },
    });
  };
  const name = count === 1 ? role : `${role}, message ${index + 1} of ${count}`;
  return (
    <div className="group grid grid-cols-[54px_1fr_26px] gap-1" {...add.handlers}>
      <span className="text-micro leading-5 text-fg-subtle">
        {role}
        {last && role === "assistant" && (
          <span className="block leading-3.5" title="The model goes on from these words">
            begins
          </span>
        )}
      </span>
      <div className="grid min-w-0 gap-1.5">
        <MarkedTextarea
          aria-label={name}
          rows={role === "user" && last ? 2 : 1}
          placeholder={placeholders[role]}
          value={text}
          onChange={(event) => changeMessage(workspace, id, { text: event.target.value })}
          className={className}
        />
        {attachments.length > 0 && (
          <AttachmentChips
            attachments={attachments}
            onRemove={(gone) =>
              changeMessage(workspace, id, { attachments: attachments.filter((file) => file.id !== gone) })
            }
          />
        )}
      </div>
      <MessageMenu
        name={name}
        index={index}
        count={count}
        items={[
          {
            label: `Make it the ${other}’s`,
            icon: "again",
            onSelect: () => changeMessage(workspace, id, { role: other }),
          },
        ]}
        onMove={(by) => moveMessage(workspace, id, by)}
        onRemove={remove}
      />
    </div>
  );
}
