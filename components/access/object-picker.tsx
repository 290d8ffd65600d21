"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import { kindNoun, type StoredKind } from "@/lib/access";
import { treeQuery } from "@/lib/catalog/client";
import { FullName } from "./full-name";
import { objectKind } from "./icons";
import { PickerButton } from "./picker-button";

export interface ObjectChoice {
  fullName: string;
  kind: StoredKind;
}

interface ObjectPickerProps {
  value: ObjectChoice | undefined;
  onChange: (object: ObjectChoice) => void;
}

const shown = 50;

/** Chooses an object of any kind by a part of its name; without one, what lies at the top. */
export function ObjectPicker({ value, onChange }: ObjectPickerProps) {
  const [q, setQ] = useState("");
  // The last part is what is searched: what stands before it are containers.
  const typed = q.trim().split(".").at(-1) ?? "";
  const found = useQuery({
    ...treeQuery(typed ? { q: typed } : {}),
    placeholderData: keepPreviousData,
  });
  const entries = (found.data?.entries ?? []).slice(0, shown);
  return (
    <Combobox
      label="Object"
      placeholder="Find an object by name"
      empty={found.isError ? "It could not be looked up." : "Nothing of that name that you may see"}
      value={value?.fullName}
      onQuery={setQ}
      entries={entries.map(({ fullName, kind }) => ({
        value: fullName,
        label: fullName,
        kind: objectKind(kind),
        detail: kindNoun(kind),
      }))}
      onChange={(fullName) => {
        const entry = entries.find((each) => each.fullName === fullName);
        if (entry) onChange({ fullName, kind: entry.kind });
      }}
      trigger={
        <PickerButton label="an object" className="sm:min-w-70">
          {value ? (
            <FullName
              object={{
                id: "",
                kind: value.kind,
                fullName: value.fullName,
                name: leafOf(value),
              }}
            />
          ) : (
            <span className="text-fg-subtle">an object</span>
          )}
        </PickerButton>
      }
    />
  );
}

/** The own name of an object: only what lies in a schema may hold dots in it. */
function leafOf({ fullName, kind }: ObjectChoice): string {
  if (kind === "connection" || kind === "catalog" || kind === "metastore") return fullName;
  const parts = fullName.split(".");
  return kind === "schema" ? parts.slice(1).join(".") : parts.slice(2).join(".");
}
