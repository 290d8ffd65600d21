"use client";
import { usePathname, useSearchParams } from "next/navigation";

/** A dialog that the address opens: `?new` stands in it while the dialog is open, so the view is a link. */
export function useFlag(name: string): [boolean, (open: boolean) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const set = (open: boolean) =>
    window.history.replaceState(null, "", open ? `${pathname}?${name}` : pathname);
  return [params.has(name), set];
}
