"use client";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { messageRoles, bounds as promptBounds, type TemplateMessage } from "@/lib/prompts";
import { MarkedTextarea } from "../marked-textarea";

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
  const items: MenuItem[] = [
    ...(isText
      ? messageRoles.map(
          (role): MenuItem => ({
            label: `The ${role}’s`,
            checked: message.role === role,
            onSelect: () => replace({ ...message, role }),
          }),
        )
      : []),
    {
      label: "Move up",
      icon: "chevron-up",
      separated: isText,
      onSelect: () => move(-1),
      disabledReason: index === 0 ? "it is the first" : undefined,
    },
    {
      label: "Move down",
      icon: "chevron-down",
      onSelect: () => move(1),
      disabledReason: index === messages.length - 1 ? "it is the last" : undefined,
    },
    {
      label: "Remove",
      icon: "trash",
      separated: true,
      onSelect: () => onChange(messages.toSpliced(index, 1)),
      disabledReason: messages.length < 2 ? "the last one stays" : undefined,
    },
  ];
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
      <Menu
        items={items}
        trigger={
          <IconButton
            icon="more"
            size="sm"
            label={`More for ${name}`}
            className="-mt-0.75 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          />
        }
      />
    </div>
  );
}
