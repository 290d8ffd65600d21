"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type PromptFilter, promptFilter } from "@/lib/prompts";

const narrowing = ["q", "schema", "owner", "tag"] as const;
export type Narrowing = Pick<PromptFilter, (typeof narrowing)[number]>;
const dialogs = ["new", "import", "export"] as const;
export type LibraryDialog = (typeof dialogs)[number];

export interface LibraryView {
  filter: Narrowing;
  dialog: LibraryDialog | undefined;
  /** Changes some of the filter. */
  narrow: (change: Narrowing) => void;
  /** Shows everything. */
  clear: () => void;
  open: (dialog: LibraryDialog | undefined) => void;
}

/** What the list shows, as it stands in the address, so that a view is a link. What the address spells wrongly is left out. */
export function useLibraryView(): LibraryView {
  const params = useSearchParams();
  const pathname = usePathname();
  const filter: Narrowing = {};
  for (const name of narrowing) {
    const value = params.get(name);
    const parsed = value ? promptFilter.safeParse({ [name]: value }) : undefined;
    if (parsed?.data?.[name]) filter[name] = parsed.data[name];
  }
  const show = (next: Narrowing, dialog?: LibraryDialog) => {
    const query = new URLSearchParams();
    for (const name of narrowing) if (next[name]) query.set(name, next[name]);
    const words = [query.toString(), dialog].filter(Boolean).join("&");
    window.history.replaceState(null, "", words ? `${pathname}?${words}` : pathname);
  };
  return {
    filter,
    dialog: dialogs.find((name) => params.has(name)),
    narrow: (change) => show({ ...filter, ...change }),
    clear: () => show({}),
    open: (dialog) => show(filter, dialog),
  };
}
