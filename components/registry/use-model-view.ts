"use client";
import { usePathname, useSearchParams } from "next/navigation";
import type { ModelVersion, RegisteredModel } from "@/lib/registry";

export const modelTabs = [
  "overview",
  "versions",
  "compare",
  "files",
  "metrics",
  "usage",
  "aliases",
  "approval",
] as const;
export type ModelTab = (typeof modelTabs)[number];

interface ModelView {
  tab: ModelTab;
  /** The version that is looked at: the last one unless the address names another. */
  version: ModelVersion | undefined;
  /** What is compared, from → to. */
  a: ModelVersion | undefined;
  b: ModelVersion | undefined;
  change: (change: { tab?: ModelTab; v?: number; a?: number; b?: number }) => void;
}

/** Tab and versions in sight, as they stand in the address, so that a view is a link. */
export function useModelView({ versions }: Pick<RegisteredModel, "versions">): ModelView {
  const params = useSearchParams();
  const pathname = usePathname();
  const numbered = (name: string) => versions.find(({ number }) => String(number) === params.get(name));
  const change: ModelView["change"] = (changed) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changed))
      if (value !== undefined) next.set(name, String(value));
    window.history.replaceState(null, "", `${pathname}?${next}`);
  };
  return {
    tab: modelTabs.find((tab) => tab === params.get("tab")) ?? "overview",
    version: numbered("v") ?? versions[0],
    a: numbered("a") ?? versions[1],
    b: numbered("b") ?? versions[0],
    change,
  };
}
