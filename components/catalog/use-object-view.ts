"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type StoredKind, storedKinds } from "@/lib/access";

export const objectTabs = ["overview", "permissions", "policies", "history"] as const;
export type ObjectTab = (typeof objectTabs)[number];

interface ObjectViewState {
  tab: ObjectTab;
  /** The kind in the address, where the name alone could be another's. */
  kind: StoredKind | undefined;
  show: (tab: ObjectTab) => void;
}

/** What of an object is looked at, as it stands in the address, so that a view is a link. */
export function useObjectView(): ObjectViewState {
  const params = useSearchParams();
  const pathname = usePathname();
  return {
    tab: objectTabs.find((tab) => tab === params.get("tab")) ?? "overview",
    kind: storedKinds.find((kind) => kind === params.get("kind")),
    show: (tab) => {
      const next = new URLSearchParams(params);
      next.set("tab", tab);
      window.history.replaceState(null, "", `${pathname}?${next}`);
    },
  };
}
