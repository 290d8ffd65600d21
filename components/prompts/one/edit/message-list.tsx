"use client";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { bounds, type LintFinding, type TemplateMessage } from "@/lib/prompts";
import { MessageRow } from "./message-row";

interface MessageListProps {
  messages: readonly TemplateMessage[];
  declared: ReadonlySet<string>;
  findings: readonly LintFinding[];
  onChange: (messages: TemplateMessage[]) => void;
}

/** A free name for a further place: history, history_2, … */
function freeName(messages: readonly TemplateMessage[]): string {
  const taken = new Set(messages.flatMap((message) => ("placeholder" in message ? message.placeholder : [])));
  for (let number = 1; ; number++) {
    const name = number === 1 ? "history" : `history_${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Messages in the order in which they are sent; each can be moved, changed and taken out. */
export function MessageList({ messages, declared, findings, onChange }: MessageListProps) {
  const full = messages.length >= bounds.messages ? `${bounds.messages} at most` : undefined;
  const put = (index: number, message: TemplateMessage) => onChange(messages.with(index, message));
  const move = (index: number, by: 1 | -1) => {
    const next = [...messages];
    next.splice(index + by, 0, ...next.splice(index, 1));
    onChange(next);
  };
  const remove = (index: number) => {
    onChange(messages.toSpliced(index, 1));
    toast({
      message: "Removed a message of the draft",
      action: { label: "Undo", onAction: () => onChange([...messages]) },
    });
  };
  return (
    <div className="grid gap-3">
      <ol className="grid gap-3">
        {messages.map((message, index) => (
          <MessageRow
            // biome-ignore lint/suspicious/noArrayIndexKey: messages have no other name than their place.
            key={index}
            message={message}
            index={index}
            count={messages.length}
            declared={declared}
            hasFinding={findings.some(
              ({ place, severity }) => place.message === index && severity !== "hint",
            )}
            onChange={(next) => put(index, next)}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button
          icon="plus"
          disabledReason={full}
          onClick={() => onChange([...messages, { role: nextRole(messages), text: "" }])}
        >
          Add message
        </Button>
        <Button
          icon="plus"
          disabledReason={full}
          onClick={() => onChange([...messages, { placeholder: freeName(messages) }])}
        >
          Add place for messages
        </Button>
      </div>
    </div>
  );
}

function nextRole(messages: readonly TemplateMessage[]) {
  const last = messages.at(-1);
  return last && "role" in last && last.role === "user" ? "assistant" : "user";
}
