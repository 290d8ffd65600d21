"use client";
import { useQuery } from "@tanstack/react-query";
import { catalogPath, nameParts } from "@/components/catalog/paths";
import { iconOf } from "@/components/catalog/words";
import { promptPath } from "@/components/prompts/paths";
import { useSettled } from "@/components/ui/use-settled";
import { kindNoun } from "@/lib/access";
import { treeQuery } from "@/lib/catalog/client";
import type { PaletteEntry } from "./palette-entries";

const shown = 8;

/** Objects of the catalogue whose name holds what was typed; none for the actions alone. */
export function useAssetEntries(typed: string): PaletteEntry[] {
  const q = useSettled(typed.trim());
  const isWanted = q !== "" && !q.startsWith(">");
  const found = useQuery({ ...treeQuery({ q }), enabled: isWanted });
  if (!isWanted) return [];
  return (found.data?.entries ?? []).slice(0, shown).map((entry) => ({
    id: entry.id,
    label: entry.name,
    within: nameParts(entry).slice(0, -1).join(".") || undefined,
    icon: "catalog",
    kind: iconOf(entry.kind),
    detail: kindNoun(entry.kind),
    locked: entry.isBrowseOnly,
    href: entry.kind === "prompt" ? promptPath(entry.fullName) : catalogPath(entry),
  }));
}
