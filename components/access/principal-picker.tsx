"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import type { PrincipalRef } from "@/lib/catalog";
import { principalsQuery } from "@/lib/catalog/client";
import { principalIcon } from "./icons";
import { PickerButton } from "./picker-button";
import { PrincipalName } from "./principal-name";
import { peopleWord } from "./words";

interface PrincipalPickerProps {
  value: PrincipalRef | undefined;
  onChange: (principal: PrincipalRef) => void;
}

/** Chooses a person, group or service principal by what is typed of the name. */
export function PrincipalPicker({ value, onChange }: PrincipalPickerProps) {
  const [q, setQ] = useState("");
  const found = useQuery({ ...principalsQuery(q), placeholderData: keepPreviousData });
  const principals = found.data ?? [];
  return (
    <Combobox
      label="Person, group or service principal"
      placeholder="Find a person, group or service principal"
      empty={found.isError ? "It could not be looked up." : "Nobody of that name"}
      value={value?.handle}
      onQuery={setQ}
      entries={principals.map((each) => ({
        value: each.handle,
        label: each.name,
        icon: principalIcon(each),
        detail: each.kind === "group" ? peopleWord(each.members ?? 0) : each.handle,
      }))}
      onChange={(handle) => {
        const principal = principals.find((each) => each.handle === handle);
        if (principal) onChange(principal);
      }}
      trigger={
        <PickerButton label="whose rights">
          {value ? <PrincipalName principal={value} /> : <span className="text-fg-subtle">whom</span>}
        </PickerButton>
      }
    />
  );
}
