"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PromptVariable, VariableType } from "@/lib/prompts";
import { OptionsField } from "./options-field";
import { ValueField } from "./value-field";

interface VariableRowProps {
  variable: PromptVariable;
  isDeclared: boolean;
  isUsed: boolean;
  onChange: (variable: PromptVariable) => void;
  onRemove: () => void;
}

const kinds = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "True or false" },
  { value: "choice", label: "One of…" },
] as const;

const typeOf = (kind: string): VariableType =>
  kind === "choice" ? { type: "choice", options: ["yes", "no"] } : ({ type: kind } as VariableType);

/** A default to begin with, of the type's own kind. */
function firstDefault(type: VariableType): string {
  if (type.type === "number") return "0";
  if (type.type === "boolean") return "false";
  return type.type === "choice" ? (type.options[0] ?? "") : "";
}

/** One variable: type, default and what it is for. */
export function VariableRow({ variable, isDeclared, isUsed, onChange, onRemove }: VariableRowProps) {
  const { name, type, default: value, description } = variable;
  const isRequired = value === undefined;
  return (
    <li aria-label={name} className="grid gap-2.5 bg-surface px-3 py-2.5">
      <div className="flex min-h-7 flex-wrap items-center gap-2">
        <code className="rounded-1 bg-accent-bg px-1 text-small text-accent">{`{{${name}}}`}</code>
        {!isDeclared && <Badge tone="warn">not declared</Badge>}
        {!isUsed && <Badge tone="warn">not used here</Badge>}
        <span className="ml-auto">
          {isDeclared ? (
            <IconButton
              icon="trash"
              size="sm"
              label={`Remove the declaration of ${name}`}
              onClick={onRemove}
            />
          ) : (
            <Button size="sm" aria-label={`Declare ${name}`} onClick={() => onChange(variable)}>
              Declare
            </Button>
          )}
        </span>
      </div>
      {isDeclared && (
        <div className="grid items-start gap-2.5 lg:grid-cols-[140px_minmax(0,1fr)_minmax(0,1.4fr)]">
          <Field label="Type">
            <Select
              value={type.type}
              options={kinds}
              onChange={(kind) => {
                const next = typeOf(kind);
                onChange({ ...variable, type: next, ...(isRequired ? {} : { default: firstDefault(next) }) });
              }}
            />
          </Field>
          <div className="grid gap-1.5">
            <Checkbox
              checked={isRequired}
              onChange={(next) => onChange({ ...variable, default: next ? undefined : firstDefault(type) })}
            >
              Callers have to give it
            </Checkbox>
            {!isRequired && (
              <Field label="Default">
                <ValueField
                  type={type}
                  value={value}
                  onChange={(next) => onChange({ ...variable, default: next })}
                />
              </Field>
            )}
          </div>
          <Field label="Description">
            <Input
              value={description}
              maxLength={500}
              placeholder="What stands here"
              onChange={({ target }) => onChange({ ...variable, description: target.value })}
            />
          </Field>
          {type.type === "choice" && (
            <OptionsField
              options={type.options}
              onChange={(options) => onChange({ ...variable, type: { type: "choice", options } })}
            />
          )}
        </div>
      )}
    </li>
  );
}
