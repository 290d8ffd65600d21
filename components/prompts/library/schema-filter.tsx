"use client";
import { useState } from "react";
import { FilterPicker } from "./filter-picker";
import { useSchemas } from "./use-schemas";

interface SchemaFilterProps {
  value: string | undefined;
  onChange: (schema: string | undefined) => void;
}

/** The prompts of one schema. */
export function SchemaFilter({ value, onChange }: SchemaFilterProps) {
  const [typed, setTyped] = useState("");
  const [near, setNear] = useState(false);
  const { schemas, isPending, error } = useSchemas(typed, near);
  return (
    <FilterPicker
      noun="schema"
      all="All schemas"
      hint="Name of a schema"
      value={value}
      name={value}
      onChange={onChange}
      onQuery={setTyped}
      onNear={() => setNear(true)}
      entries={schemas.map(({ fullName }) => ({ value: fullName, label: fullName, kind: "schema" }))}
      empty={
        error
          ? `Schemas could not be read. ${error.message}`
          : isPending
            ? "Looking…"
            : "No schema of that name that you may see"
      }
    />
  );
}
