"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import { useSettled } from "@/components/ui/use-settled";
import type { ObjectRef } from "@/lib/catalog";
import { treeQuery } from "@/lib/catalog/client";

interface FunctionFieldProps {
  value: ObjectRef | null;
  onChange: (value: ObjectRef) => void;
}

/** A function of the catalogue, found by its name. */
export function FunctionField({ value, onChange }: FunctionFieldProps) {
  const [typed, setTyped] = useState("");
  const q = useSettled(typed.trim());
  const found = useQuery({ ...treeQuery({ kind: "function", q }), enabled: q !== "" });
  const functions: ObjectRef[] = [...(found.data?.entries ?? [])];
  if (value && functions.every(({ id }) => id !== value.id)) functions.unshift(value);
  return (
    <Combobox
      value={value?.id}
      onChange={(id) => {
        const chosen = functions.find((each) => each.id === id);
        if (chosen) onChange(chosen);
      }}
      onQuery={setTyped}
      entries={functions.map(({ id, fullName }) => ({ value: id, label: fullName }))}
      placeholder="catalog.schema.function"
      empty={
        found.isError
          ? "The functions could not be read"
          : typed.trim() === ""
            ? "Type a part of its name"
            : found.isPending
              ? "Looking…"
              : "No function is named so"
      }
    />
  );
}
