"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type StoredKind, storedKinds } from "@/lib/access";

interface RightsView {
  by: "principal" | "object";
  principal: string | undefined;
  object: string | undefined;
  kind: StoredKind;
  cursor: string | undefined;
  set: (change: Record<string, string | undefined>) => void;
}

/** Whose rights or the rights on what, as it stands in the address. */
export function useRightsView(): RightsView {
  const params = useSearchParams();
  const pathname = usePathname();
  return {
    by: params.get("by") === "object" ? "object" : "principal",
    principal: params.get("principal") ?? undefined,
    object: params.get("object") ?? undefined,
    kind: storedKinds.find((each) => each === params.get("kind")) ?? "table",
    cursor: params.get("cursor") ?? undefined,
    set: (change) => {
      const next = new URLSearchParams(params);
      next.delete("cursor");
      for (const [name, value] of Object.entries(change)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
  };
}
