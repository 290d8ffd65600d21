"use client";
import { Badge } from "@/components/ui/badge";
import { messageRoles, bounds as promptBounds, type TemplateMessage } from "@/lib/prompts";
import { MarkedTextarea } from "../marked-textarea";
import { MessageMenu } from "../message-menu";

interface ContentMessageProps {
  message: TemplateMessage;
  index: number;
  messages: readonly TemplateMessage[];
  className: string;
  onChange: (messages: TemplateMessage[]) => void;
}

/** One message of a loaded prompt, or the place where messages go. */
export function ContentMessage({ message, index, messages, className, onChange }: ContentMessageProps) {
  const isText = "text" in message;
  const replace = (next: TemplateMessage) => onChange(messages.with(index, next));
  const move = (by: -1 | 1) => {
    const other = messages[index + by];
    if (other) onChange(messages.with(index, other).with(index + by, message));
  };
  const place = `message ${index + 1} of ${messages.length}`;
  const name = isText ? `${message.role}, ${place}` : `placeholder ${message.placeholder}, ${place}`;
  const roles = isText
    ? messageRoles.map((role) => ({
        label: `The ${role}’s`,
        checked: message.role === role,
        onSelect: () => replace({ ...message, role }),
      }))
    : [];
  return (
    <div className="group grid grid-cols-[54px_1fr_26px] gap-1">
      <span className="text-micro leading-5 text-fg-subtle">{isText ? message.role : "messages"}</span>
      {isText ? (
        <MarkedTextarea
          aria-label={name}
          rows={1}
          maxLength={promptBounds.text}
          value={message.text}
          onChange={(event) => replace({ ...message, text: event.target.value })}
          className={className}
        />
      ) : (
        <span>
          <Badge mono icon="chat">
            {message.placeholder}
          </Badge>
        </span>
      )}
      <MessageMenu
        name={name}
        index={index}
        count={messages.length}
        items={roles}
        separated={isText}
        onMove={move}
        onRemove={() => onChange(messages.toSpliced(index, 1))}
      />
    </div>
  );
}
