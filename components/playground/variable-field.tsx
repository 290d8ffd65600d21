"use client";
import { useState } from "react";
import { useStore } from "zustand";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu } from "@/components/ui/menu";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { VariableType } from "@/lib/playground";
import { declaredBy, defaultOf, setValue, setVariable, typeOf, valueProblem } from "@/lib/playground/client";
import { ChoicesDialog } from "./choices-dialog";
import type { Session } from "./session";

const kinds = { text: "Text", number: "Number", boolean: "True or false", choice: "One of…" } as const;

/** One variable: its value, checked as it is typed, and its type. */
export function VariableField({ session, name }: { session: Session; name: string }) {
  const { workspace } = session;
  const value = useStore(workspace.store, (state) => state.values[name] ?? "");
  const type = useStore(workspace.store, (state) => typeOf(state, name)) ?? { type: "text" };
  const declared = useStore(workspace.store, (state) => declaredBy(state).get(name));
  const usual = useStore(workspace.store, (state) => defaultOf(state, name));
  const [choosing, setChoosing] = useState(false);
  const problem = value.trim() === "" ? undefined : valueProblem(name, type, value);
  const wide = type.type === "text" && (value.length > 60 || value.includes("\n"));
  return (
    <div className={wide ? "relative col-span-full" : "relative"}>
      <Field
        label={<span className="font-mono">{name}</span>}
        error={problem ? `Needs ${problem}` : undefined}
        hint={declared?.description || undefined}
      >
        <Value type={type} value={value} usual={usual} onChange={(next) => setValue(workspace, name, next)} />
      </Field>
      {/* Where a prompt of the library declares it, its type is changed there. */}
      {!declared && (
        <span className="absolute -top-1 right-0">
          <Menu
            items={(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => ({
              label: kinds[kind],
              checked: type.type === kind,
              onSelect: () =>
                kind === "choice" ? setChoosing(true) : setVariable(workspace, name, { type: kind }),
            }))}
            trigger={
              <IconButton icon="chevron-down" size="sm" label={`Type of ${name}: ${kinds[type.type]}`} />
            }
          />
        </span>
      )}
      {choosing && (
        <ChoicesDialog
          name={name}
          options={type.type === "choice" ? type.options : []}
          onClose={() => setChoosing(false)}
          onDone={(options) => {
            setVariable(workspace, name, { type: "choice", options });
            setChoosing(false);
          }}
        />
      )}
    </div>
  );
}

interface ValueProps {
  type: VariableType;
  value: string;
  /** What holds where it stays blank. */
  usual: string | undefined;
  onChange: (value: string) => void;
}

function Value({ type, value, usual, onChange }: ValueProps) {
  const blank = usual === undefined ? undefined : usual === "" ? "blank by default" : usual;
  if (type.type === "choice" || type.type === "boolean") {
    const options = type.type === "choice" ? type.options : ["true", "false"];
    return (
      <Select
        value={options.includes(value) ? value : undefined}
        placeholder={blank ?? "Choose"}
        options={options.map((option) => ({ value: option, label: option }))}
        onChange={onChange}
      />
    );
  }
  if (type.type === "number") {
    return (
      <Input
        mono
        inputMode="decimal"
        placeholder={blank}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Textarea
      rows={1}
      placeholder={blank}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="max-h-28 min-h-(--h-control)! resize-none overflow-y-auto py-1!"
    />
  );
}
