"use client";
import { useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import { useCreatable } from "./use-creatable";

interface SchemaPickerProps {
  value: string;
  onChange: (schema: string) => void;
}

/** A schema in which the reader may make prompts; others stay and say why they cannot be chosen. */
export function SchemaPicker({ value, onChange }: SchemaPickerProps) {
  const [typed, setTyped] = useState("");
  const { schemas, isKnown, error } = useCreatable(typed);
  const isListed = schemas.some(({ schema }) => schema.fullName === value);
  return (
    <Combobox
      placeholder="Find a schema"
      value={value || undefined}
      onChange={onChange}
      onQuery={setTyped}
      entries={[
        ...(value && !isListed ? [{ value, label: value, kind: "schema" as const }] : []),
        ...schemas.map(({ schema, mayCreate }) => ({
          value: schema.fullName,
          label: schema.fullName,
          kind: "schema" as const,
          disabledReason: mayCreate === false ? "needs CREATE PROMPT" : undefined,
        })),
      ]}
      empty={
        error
          ? `Schemas could not be read. ${error.message}`
          : isKnown
            ? "No schema of that name that you may see"
            : "Looking…"
      }
    />
  );
}
