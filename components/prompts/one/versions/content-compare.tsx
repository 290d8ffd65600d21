"use client";
import { useMemo } from "react";
import { diffContents, type PromptContent } from "@/lib/prompts";
import { ConfigurationTable } from "./configuration-table";
import { DiffSections } from "./diff-sections";

interface ContentCompareProps {
  before: PromptContent;
  after: PromptContent;
  names: readonly [string, string];
}

/** What two contents say differently, in one column: for a dialog. */
export function ContentCompare({ before, after, names }: ContentCompareProps) {
  const diff = useMemo(() => diffContents(before, after), [before, after]);
  const changed = diff.configuration.filter((row) => row.changed);
  if (diff.isSame) return <p>Both say the same.</p>;
  return (
    <div className="overflow-hidden rounded-2 border">
      <DiffSections sections={diff.sections} isSplit={false} />
      {changed.length > 0 && <ConfigurationTable rows={changed} names={names} />}
    </div>
  );
}
