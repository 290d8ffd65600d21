"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type AuditFilter, auditFilter } from "@/lib/audit-log";

export interface AuditView {
  filter: AuditFilter;
  /** The id of the row whose details are open. */
  event: string | undefined;
  /** Changes some of the filter; the details close. */
  narrow: (change: AuditFilter) => void;
  /** Another filter in place of the present one. */
  replace: (filter: AuditFilter) => void;
  open: (event: string | undefined) => void;
}

/** What the page shows, as it stands in the address, so that a view is a link. What the address spells wrongly is left out. */
export function useAuditView(): AuditView {
  const params = useSearchParams();
  const pathname = usePathname();
  const filter: AuditFilter = {};
  for (const name of auditFilter.keyof().options) {
    const value = params.get(name);
    const parsed = value ? auditFilter.safeParse({ [name]: value }) : undefined;
    if (parsed?.success) Object.assign(filter, parsed.data);
  }
  const show = (next: AuditFilter, event?: string) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(next)) if (value) query.set(name, value);
    if (event) query.set("event", event);
    window.history.replaceState(null, "", query.size > 0 ? `${pathname}?${query}` : pathname);
  };
  return {
    filter,
    event: params.get("event") ?? undefined,
    narrow: (change) => show({ ...filter, ...change }),
    replace: (next) => show(next),
    open: (event) => show(filter, event),
  };
}
