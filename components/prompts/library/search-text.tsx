"use client";
import { useEffect, useState } from "react";
import { SearchInput } from "@/components/ui/search-input";

interface SearchTextProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

const settleMs = 200;
const longest = 200;

/** What is typed stands here at once, and in the address when typing pauses. */
export function SearchText({ value = "", onChange }: SearchTextProps) {
  const [draft, setDraft] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    // A link has put other words into the address; a blank at their end is still being typed.
    if (draft.trim() !== value) setDraft(value);
  }
  useEffect(() => {
    if (draft.trim() === value) return;
    const timer = setTimeout(() => onChange(draft.trim() || undefined), settleMs);
    return () => clearTimeout(timer);
  });
  return (
    <SearchInput
      className="w-70! max-sm:w-full!"
      label="Search names and texts"
      value={draft}
      onChange={(next) => setDraft(next.slice(0, longest))}
    />
  );
}
