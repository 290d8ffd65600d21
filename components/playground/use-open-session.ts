"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { startTransition, useEffect, useReducer } from "react";
import { toast } from "@/components/ui/toaster";
import {
  type Beginning,
  firstColumns,
  formatLink,
  parseLink,
  playgroundSessionQuery,
} from "@/lib/playground/client";
import { useLinked } from "./prompts/use-linked";
import type { Session } from "./session";
import { openSessions } from "./sessions";
import { useChoices } from "./use-choices";

const idIn = (pathname: string) => pathname.split("/")[2] ?? null;

type Opened =
  | { session: Session; error?: undefined }
  | {
      session?: undefined;
      error: Error | null;
      /** It is a link to prompts that cannot be followed. */
      isLink: boolean;
      retry: () => void;
    };

/** The comparison that the address names: a saved one by its id, else the unsaved one with the models of the link. */
export function useOpenSession(owner: string): Opened & { begin: () => void; drop: (id: string) => void } {
  const id = idIn(usePathname());
  const search = useSearchParams();
  const sessions = openSessions(owner);
  const { choices, isPending } = useChoices();
  const [, count] = useReducer((rendered: number) => rendered + 1, 0);
  const render = () => startTransition(count);
  const known = id === null ? null : sessions.findSaved(id);
  const saved = useQuery({ ...playgroundSessionQuery(id ?? ""), enabled: id !== null && known === null });

  const begin = (beginning: Beginning, message: string) => {
    const replaced = sessions.findUnsaved()?.workspace.store.getState();
    sessions.begin(beginning, message);
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

  const linked = useLinked({
    search: id === null ? search.toString() : null,
    findOpen: () => sessions.findUnsaved()?.workspace.store.getState(),
    // Models decide on what prompts run.
    choices: isPending ? null : choices,
    begin,
  });

  // What a link asks for is taken once; from then on the address follows the page. It is read from the location,
  // which the page itself keeps up to date.
  useEffect(() => {
    if (id !== null || isPending || linked.isDue) return;
    const here = new URLSearchParams(window.location.search);
    const link = parseLink(here);
    const found = sessions.findUnsaved()?.workspace.store.getState();
    const asksNew = link.ask !== null || here.has("new");
    const others = link.columns.length > 0 && found && formatLink(found.columns) !== formatLink(link.columns);
    if (found && !asksNew && !others) return;
    const columns = link.columns.length > 0 ? link.columns : (found?.columns ?? firstColumns(choices));
    begin({ columns: columns.map(({ engine, model }) => ({ engine, model })), values: {} }, link.ask ?? "");
  });

  const unsaved = id === null ? sessions.findUnsaved() : null;
  const session = linked.isDue ? null : (known ?? unsaved ?? (saved.data ? sessions.open(saved.data) : null));
  const rest = {
    begin: () => {
      if (id !== null) window.history.pushState(null, "", "/playground");
      const columns = session?.workspace.store.getState().columns ?? firstColumns(choices);
      begin({ columns: columns.map(({ engine, model }) => ({ engine, model })), values: {} }, "");
    },
    drop: (deleted: string) => {
      sessions.drop(deleted);
      if (deleted === id) window.history.replaceState(null, "", "/playground");
    },
  };
  if (session) return { session, ...rest };
  const isLink = linked.isDue;
  return {
    error: isLink ? linked.error : saved.error,
    isLink,
    retry: isLink ? linked.retry : () => void saved.refetch(),
    ...rest,
  };
}
