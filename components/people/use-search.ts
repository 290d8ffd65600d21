"use client";
import { usePathname, useSearchParams } from "next/navigation";

/** What a list is searched for, as it stands in the address, so that a view is a link. */
export function useSearch(): [string, (q: string) => void] {
  const q = useSearchParams().get("q") ?? "";
  const pathname = usePathname();
  const set = (next: string) =>
    window.history.replaceState(
      null,
      "",
      next ? `${pathname}?${new URLSearchParams({ q: next })}` : pathname,
    );
  return [q, set];
}
