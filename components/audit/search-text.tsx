"use client";
import { useEffect, useState } from "react";
import { SearchInput } from "@/components/ui/search-input";

interface SearchTextProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** Every reading of the log is recorded, so it is read once typing has ended. */
const settleMs = 500;

/** A text anywhere in the rows. */
export function SearchText({ value = "", onChange }: SearchTextProps) {
  const [draft, setDraft] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setDraft(value);
  }
  useEffect(() => {
    if (draft.trim() === value) return;
    const timer = setTimeout(() => onChange(draft.trim() || undefined), settleMs);
    return () => clearTimeout(timer);
  });
  return <SearchInput className="max-sm:w-full!" label="Search the log" value={draft} onChange={setDraft} />;
}
