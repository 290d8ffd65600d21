"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { principalIcons, principalNote } from "@/components/catalog/principal-name";
import { useSettled } from "@/components/ui/use-settled";
import { principalsQuery } from "@/lib/catalog/client";
import type { Person } from "@/lib/prompts";
import { FilterPicker } from "./filter-picker";

interface OwnerFilterProps {
  value: string | undefined;
  onChange: (owner: string | undefined) => void;
  /** Whoever looks; offered first. */
  me: Person;
  /** Owners that stand in the list, by whose names the address is put into words. */
  known: readonly Person[];
}

/** The prompts of one owner. */
export function OwnerFilter({ value, onChange, me, known }: OwnerFilterProps) {
  const [typed, setTyped] = useState("");
  const [near, setNear] = useState(false);
  const q = useSettled(typed.trim());
  const found = useQuery({ ...principalsQuery(q), enabled: near, placeholderData: keepPreviousData });
  const principals = (found.data ?? []).filter(({ id }) => id !== me.id);
  const named = [...known, ...principals].find(({ id }) => id === value);
  return (
    <FilterPicker
      noun="owner"
      all="All owners"
      hint="Name of an owner"
      value={value}
      name={value === me.id ? "You" : named?.name}
      onChange={onChange}
      onQuery={setTyped}
      onNear={() => setNear(true)}
      entries={[
        { value: me.id, label: "You", icon: "person", detail: me.name },
        ...principals.map((each) => ({
          value: each.id,
          label: each.name,
          icon: principalIcons[each.kind],
          detail: principalNote(each),
        })),
      ]}
      empty={
        found.isError
          ? `Who there is could not be read. ${found.error.message}`
          : found.isPending
            ? "Looking…"
            : "Nobody of that name"
      }
    />
  );
}
