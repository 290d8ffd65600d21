"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { defaultAlias, type PromptDetail } from "@/lib/prompts";

export const promptTabs = ["versions", "edit", "usage", "permissions"] as const;
export type PromptTab = (typeof promptTabs)[number];

/** What stands on one side of a comparison. */
export type Side = number | "draft";

interface Change {
  tab?: PromptTab;
  version?: Side | undefined;
  against?: Side | undefined;
}

export interface PromptViewState {
  tab: PromptTab;
  /** The right side, and what is alone where there is nothing to hold it against. */
  version: Side;
  /** The left side; undefined with one version. */
  against: Side | undefined;
  /** The address names the version: on a narrow screen it is open. */
  isOpen: boolean;
  change: (change: Change) => void;
}

function sideOf(text: string | null, prompt: PromptDetail): Side | undefined {
  if (text === "draft") return prompt.draft ? "draft" : undefined;
  const number = Number(text);
  const exists = Number.isInteger(number) && number >= 1 && number <= prompt.lastNumber;
  return text !== null && exists ? number : undefined;
}

/** What a version is usually held against: what is in production, else the one before it. */
function usualAgainst(version: Side, { aliases, draft }: PromptDetail): number | undefined {
  if (version === "draft") return draft?.baseNumber || undefined;
  const produced = aliases.find(({ alias }) => alias === defaultAlias)?.version;
  if (produced !== undefined && produced < version) return produced;
  return version > 1 ? version - 1 : undefined;
}

/** Tab and compared versions, as they stand in the address, so that a view is a link. */
export function usePromptView(prompt: PromptDetail): PromptViewState {
  const params = useSearchParams();
  const pathname = usePathname();
  const named = sideOf(params.get("version"), prompt);
  const version = named ?? prompt.lastNumber;
  const against = sideOf(params.get("against"), prompt) ?? usualAgainst(version, prompt);
  return {
    tab: promptTabs.find((tab) => tab === params.get("tab")) ?? "versions",
    version,
    against: against === version ? undefined : against,
    isOpen: named !== undefined,
    change: (change) => {
      const next = new URLSearchParams(params);
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined || value === "versions") next.delete(name);
        else next.set(name, String(value));
      }
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
  };
}
