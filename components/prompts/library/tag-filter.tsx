"use client";
import { useState } from "react";
import type { PromptSummary } from "@/lib/prompts";
import { FilterPicker } from "./filter-picker";

interface TagFilterProps {
  value: string | undefined;
  onChange: (tag: string | undefined) => void;
  /** Those that are shown: their tags are offered. */
  prompts: readonly Pick<PromptSummary, "tags">[];
}

/** The prompts that carry a tag, written `key` or `key:value`; any can be typed. */
export function TagFilter({ value, onChange, prompts }: TagFilterProps) {
  const [typed, setTyped] = useState("");
  const counts = new Map<string, number>();
  for (const { tags } of prompts) {
    for (const [key, tagged] of Object.entries(tags)) {
      for (const word of tagged ? [key, `${key}:${tagged}`] : [key]) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
  }
  const own = typed.trim();
  const words = [...counts.keys()].sort();
  if (own !== "" && !counts.has(own)) words.unshift(own);
  return (
    <FilterPicker
      noun="tag"
      all="All tags"
      hint="key or key:value"
      value={value}
      name={value}
      onChange={onChange}
      onQuery={setTyped}
      entries={words.map((word) => ({
        value: word,
        label: word,
        icon: "tag",
        detail: counts.has(word) ? `${counts.get(word)} shown` : "as typed",
      }))}
      empty="No prompt shown here has a tag. Type one as key or key:value."
    />
  );
}
