"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import {
  type PromptContent,
  type PromptVariable,
  referencesOf,
  usedVariables,
  variableName,
  variablesOf,
} from "@/lib/prompts";
import { VariableRow } from "./variable-row";

interface VariablesEditorProps {
  content: PromptContent;
  onChange: (content: PromptContent) => void;
}

/** What callers fill in: those declared, and those that the texts use without a declaration. */
export function VariablesEditor({ content, onChange }: VariablesEditorProps) {
  const used = new Set(usedVariables(content));
  // A prompt that is included may use what this one only declares.
  const includes = referencesOf(content).length > 0;
  const declared = new Set(content.variables.map(({ name }) => name));
  const set = (variables: PromptVariable[]) => onChange({ ...content, variables });
  const put = (variable: PromptVariable) =>
    set(
      declared.has(variable.name)
        ? content.variables.map((one) => (one.name === variable.name ? variable : one))
        : [...content.variables, variable],
    );
  const all = variablesOf(content);
  return (
    <div className="grid gap-3">
      {all.length === 0 ? (
        <p className="text-small text-fg-subtle">
          No variables. Write {"{{name}}"} into a text and it stands here.
        </p>
      ) : (
        <ul className="grid gap-px overflow-hidden rounded-2 border bg-line">
          {all.map((variable) => (
            <VariableRow
              key={variable.name}
              variable={variable}
              isDeclared={declared.has(variable.name)}
              isUsed={includes || used.has(variable.name)}
              onChange={put}
              onRemove={() => set(content.variables.filter(({ name }) => name !== variable.name))}
            />
          ))}
        </ul>
      )}
      <NewVariable
        taken={declared}
        onAdd={(name) => put({ name, type: { type: "text" }, description: "" })}
      />
    </div>
  );
}

function NewVariable({ taken, onAdd }: { taken: ReadonlySet<string>; onAdd: (name: string) => void }) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string>();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const parsed = variableName.safeParse(name.trim());
    if (!parsed.success) return setProblem(parsed.error.issues[0]?.message);
    if (taken.has(parsed.data)) return setProblem(`${parsed.data} is declared already.`);
    setName("");
    onAdd(parsed.data);
  };
  return (
    <form noValidate onSubmit={add} className="flex flex-wrap items-start gap-2">
      <Field label="Name of a new variable" hideLabel error={problem} className="w-60 max-sm:w-full">
        <Input
          mono
          value={name}
          placeholder="name"
          onChange={({ target }) => {
            setName(target.value);
            setProblem(undefined);
          }}
        />
      </Field>
      <Button type="submit" icon="plus">
        Declare variable
      </Button>
    </form>
  );
}
