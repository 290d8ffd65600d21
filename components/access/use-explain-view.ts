"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { isPrivilege, type Privilege, questionsOf, type StoredKind, storedKinds } from "@/lib/access";

export const explainViews = ["one", "all", "what-if"] as const;
export type ExplainPart = (typeof explainViews)[number];

export interface ExplainView {
  /** E-mail address, application id or group name; absent for oneself. */
  principal: string | undefined;
  object: string | undefined;
  kind: StoredKind;
  privilege: Privilege;
  part: ExplainPart;
  set: (change: Record<string, string | undefined>) => void;
}

const uses: readonly Privilege[] = [
  "SELECT",
  "EXECUTE",
  "READ VOLUME",
  "REVIEW",
  "USE CONNECTION",
  "USE SCHEMA",
  "USE CATALOG",
];

/** What one most likely wants with an object of that kind. */
export function usualPrivilege(kind: StoredKind): Privilege {
  const possible = questionsOf(kind);
  if (kind === "schema") return "USE SCHEMA";
  if (kind === "catalog") return "USE CATALOG";
  return uses.find((each) => possible.includes(each)) ?? possible[0] ?? "BROWSE";
}

/** The question, as it stands in the address, so that an answer is a link. */
export function useExplainView(): ExplainView {
  const params = useSearchParams();
  const pathname = usePathname();
  const kind = storedKinds.find((each) => each === params.get("kind")) ?? "table";
  const asked = params.get("privilege") ?? "";
  const isPossible = isPrivilege(asked) && questionsOf(kind).includes(asked);
  return {
    principal: params.get("principal") ?? undefined,
    object: params.get("object") ?? undefined,
    kind,
    privilege: isPossible ? asked : usualPrivilege(kind),
    part: explainViews.find((each) => each === params.get("view")) ?? "one",
    set: (change) => {
      const next = new URLSearchParams(params);
      for (const [name, value] of Object.entries(change)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
  };
}
