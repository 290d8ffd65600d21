"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { startTransition, useEffect, useReducer } from "react";
import { toast } from "@/components/ui/toaster";
import {
  firstColumns,
  formatLink,
  type ModelRef,
  parseLink,
  playgroundSessionQuery,
} from "@/lib/playground/client";
import type { Session } from "./session";
import { openSessions } from "./sessions";
import { useChoices } from "./use-choices";

const idIn = (pathname: string) => pathname.split("/")[2] ?? null;

type Opened =
  | { session: Session; error?: undefined }
  | { session?: undefined; error: Error | null; retry: () => void };

/** The comparison that the address names: a saved one by its id, else the unsaved one with the models of the link. */
export function useOpenSession(owner: string): Opened & { begin: () => void; drop: (id: string) => void } {
  const id = idIn(usePathname());
  // Read for its changes alone; what is asked stands in the location, which the page itself keeps up to date.
  useSearchParams();
  const sessions = openSessions(owner);
  const { choices, isPending } = useChoices();
  const [, count] = useReducer((rendered: number) => rendered + 1, 0);
  const render = () => startTransition(count);
  const known = id === null ? null : sessions.findSaved(id);
  const saved = useQuery({ ...playgroundSessionQuery(id ?? ""), enabled: id !== null && known === null });

  const begin = (columns: ModelRef[], prompt: string) => {
    const replaced = sessions.findUnsaved()?.workspace.store.getState();
    sessions.begin(columns, prompt);
    if (replaced && replaced.turns.length > 0 && replaced.save.kind !== "saved") {
      toast({
        message: "Started a new comparison",
        action: {
          label: "Undo",
          onAction: () => {
            sessions.undoBegin();
            render();
          },
        },
      });
    }
    render();
  };

  // What a link asks for is taken once; from then on the address follows the page.
  useEffect(() => {
    if (id !== null || isPending) return;
    const search = new URLSearchParams(window.location.search);
    const link = parseLink(search);
    const found = sessions.findUnsaved()?.workspace.store.getState();
    const asksNew = link.ask !== null || search.has("new");
    const others = link.columns.length > 0 && found && formatLink(found.columns) !== formatLink(link.columns);
    if (found && !asksNew && !others) return;
    const columns = link.columns.length > 0 ? link.columns : (found?.columns ?? firstColumns(choices));
    begin(columns, link.ask ?? "");
  });

  const unsaved = id === null ? sessions.findUnsaved() : null;
  const session = known ?? unsaved ?? (saved.data ? sessions.open(saved.data) : null);
  const rest = {
    begin: () => {
      if (id !== null) window.history.pushState(null, "", "/playground");
      begin(session?.workspace.store.getState().columns ?? firstColumns(choices), "");
    },
    drop: (deleted: string) => {
      sessions.drop(deleted);
      if (deleted === id) window.history.replaceState(null, "", "/playground");
    },
  };
  return session ? { session, ...rest } : { error: saved.error, retry: () => void saved.refetch(), ...rest };
}
