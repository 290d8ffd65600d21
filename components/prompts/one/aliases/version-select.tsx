"use client";
import { useQuery } from "@tanstack/react-query";
import { Combobox } from "@/components/ui/combobox";
import type { PromptDetail } from "@/lib/prompts";
import { versionQuery } from "@/lib/prompts/client";

interface VersionSelectProps {
  prompt: PromptDetail;
  value: number;
  onChange: (version: number) => void;
}

/** One version by number or message; older ones than are listed stay choosable where they were in sight. */
export function VersionSelect({ prompt, value, onChange }: VersionSelectProps) {
  const { fullName, versions } = prompt;
  const isListed = versions.some(({ number }) => number === value);
  const older = useQuery({ ...versionQuery(fullName, value), enabled: !isListed });
  const listed = older.data && !isListed ? [...versions, older.data] : versions;
  return (
    <Combobox
      value={String(value)}
      onChange={(next) => onChange(Number(next))}
      empty="No version matches. Older ones are chosen in the list of versions."
      entries={listed.map(({ number, message, aliases }) => ({
        value: String(number),
        label: `v${number}: ${message}`,
        detail: aliases.join(", ") || undefined,
      }))}
    />
  );
}
