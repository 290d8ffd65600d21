"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";

interface FilterInputProps {
  /** Shown while nothing is typed. */
  label: string;
  value: string | undefined;
  /** Called with what was typed at Enter or when the field is left: every reading of the log is recorded, so not for each letter. */
  onChange: (value: string | undefined) => void;
  className?: string;
}

/** One condition of the filter. */
export function FilterInput({ label, value = "", onChange, className }: FilterInputProps) {
  const [draft, setDraft] = useState(value);
  const [shown, setShown] = useState(value);
  // A link or a saved search has put another value into the address.
  if (shown !== value) {
    setShown(value);
    setDraft(value);
  }
  const commit = (typed: string) => {
    if (typed.trim() !== value) onChange(typed.trim() || undefined);
  };
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      maxLength={200}
      spellCheck={false}
      value={draft}
      onChange={(event) => {
        setDraft(event.target.value);
        if (event.target.value === "") commit("");
      }}
      onBlur={() => commit(draft)}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(draft);
        if (event.key === "Escape") setDraft(value);
      }}
      className={className}
    />
  );
}
