"use client";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Tile } from "@/components/ui/tile";
import { messageRoles, type TemplateMessage, variableName } from "@/lib/prompts";
import { TemplateField } from "./template-field";
import { placeAttribute } from "./text-place";

interface MessageRowProps {
  message: TemplateMessage;
  index: number;
  count: number;
  declared: ReadonlySet<string>;
  /** Something of it is doubtful. */
  hasFinding: boolean;
  onChange: (message: TemplateMessage) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** A message with its role, or a place that the caller fills with messages. */
export function MessageRow(props: MessageRowProps) {
  const { message, index, count, declared, hasFinding, onChange, onMove, onRemove } = props;
  const isPlace = "placeholder" in message;
  const name = isPlace ? `place ${index + 1}` : `message ${index + 1}`;
  return (
    <li className="grid gap-1.5">
      <div className="flex items-center gap-1">
        {isPlace ? (
          <span className="text-small text-fg-muted">Messages of the caller</span>
        ) : (
          <Select
            size="sm"
            label={`Role of ${name}`}
            className="w-28!"
            value={message.role}
            options={messageRoles.map((role) => ({ value: role, label: role }))}
            onChange={(next) => {
              const role = messageRoles.find((known) => known === next);
              if (role) onChange({ ...message, role });
            }}
          />
        )}
        {hasFinding && (
          <span className="ml-1 flex items-center gap-1 text-micro text-fg-muted">
            <Tile status="attention" size={7} /> see findings
          </span>
        )}
        <span className="ml-auto flex gap-0.5">
          <IconButton
            icon="chevron-up"
            size="sm"
            label={`Move ${name} up`}
            disabledReason={index === 0 ? "It is the first" : undefined}
            onClick={() => onMove(-1)}
          />
          <IconButton
            icon="chevron-down"
            size="sm"
            label={`Move ${name} down`}
            disabledReason={index === count - 1 ? "It is the last" : undefined}
            onClick={() => onMove(1)}
          />
          <IconButton
            icon="trash"
            size="sm"
            label={`Remove ${name}`}
            disabledReason={count === 1 ? "The last one stays" : undefined}
            onClick={onRemove}
          />
        </span>
      </div>
      {isPlace ? (
        <PlaceName
          name={message.placeholder}
          index={index}
          onChange={(placeholder) => onChange({ placeholder })}
        />
      ) : (
        <TemplateField
          aria-label={`Text of ${name}, ${message.role}`}
          {...placeAttribute(index)}
          value={message.text}
          declared={declared}
          onChange={({ target }) => onChange({ ...message, text: target.value })}
        />
      )}
    </li>
  );
}

interface PlaceNameProps {
  name: string;
  index: number;
  onChange: (name: string) => void;
}

function PlaceName({ name, index, onChange }: PlaceNameProps) {
  const isFine = variableName.safeParse(name).success;
  return (
    <div className="grid gap-1 rounded-2 border border-dashed border-line-control px-2.5 py-2">
      <Input
        mono
        {...placeAttribute(index)}
        aria-label={`Name of place ${index + 1}`}
        aria-invalid={!isFine || undefined}
        value={name}
        onChange={({ target }) => onChange(target.value)}
        className="max-w-60"
      />
      <p className={isFine ? "text-small text-fg-subtle" : "text-small text-danger"}>
        {isFine
          ? "The caller gives a list of messages by this name, such as the conversation so far."
          : variableName.safeParse(name).error?.issues[0]?.message}
      </p>
    </div>
  );
}
