"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { toast } from "@/components/ui/toaster";
import {
  type Beginning,
  formatLink,
  isAskedBy,
  type Linked,
  loadLinked,
  type ModelChoice,
  parseLink,
  type WorkspaceState,
} from "@/lib/playground/client";

interface LinkedOptions {
  /** What the address asks for as the page opens; null at the address of a saved comparison. */
  search: string | null;
  /** The comparison that is open without an address of its own. */
  findOpen: () => WorkspaceState | undefined;
  /** Null until they are known. */
  choices: ModelChoice[] | null;
  begin: (beginning: Beginning, message: string) => void;
}

interface LinkedState {
  /** The address asks for prompts that are not on the page yet. */
  isDue: boolean;
  error: Error | null;
  retry: () => void;
}

/** Whether an address asks for something else than what is open. */
function asksOther(search: string, open: WorkspaceState | undefined): boolean {
  const link = parseLink(new URLSearchParams(search));
  if (link.prompts.length === 0 && link.invocation === null) return false;
  if (!open || link.invocation !== null || link.ask !== null) return true;
  const isModels = link.columns.length === 0 || formatLink(link.columns) === formatLink(open.columns);
  return !isModels || !isAskedBy(open, link.prompts);
}

/** Follows a link to prompts once: reads them and begins a comparison with them. */
export function useLinked({ search, findOpen, choices, begin }: LinkedOptions): LinkedState {
  const client = useQueryClient();
  // Before what is open is shown, which would put its own address in the place of this one.
  const [due, setDue] = useState(() => (search !== null && asksOther(search, findOpen()) ? search : null));
  const link = parseLink(new URLSearchParams(due ?? ""));
  const reading = useQuery({
    queryKey: ["playground", "link", due],
    queryFn: async () => {
      const { beginningOf, readLinked } = await loadLinked();
      return { linked: await readLinked(client, link), beginningOf };
    },
    enabled: due !== null && search !== null,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  const { data } = reading;
  useEffect(() => {
    if (search === null) return;
    // Not what the router says, which lags behind: the page itself writes the address.
    const here = new URLSearchParams(window.location.search).toString();
    if (here !== due) {
      const next = asksOther(here, findOpen()) ? here : null;
      if (next !== due) setDue(next);
      return;
    }
    if (!data || !choices) return;
    window.history.replaceState(null, "", "/playground");
    const { linked, beginningOf } = data;
    begin(beginningOf(linked, link, choices, findOpen()?.columns), link.ask ?? "");
    setDue(null);
    tellOf(linked);
  });
  return {
    isDue: due !== null && search !== null,
    error: reading.error,
    retry: () => void reading.refetch(),
  };
}

/** What of a past call cannot be asked again. */
function tellOf({ replay }: Linked): void {
  if (!replay) return;
  if (replay.variables === null)
    toast({
      message: "The values of this call were not kept. Fill them in to ask it again.",
      tone: "danger",
    });
  else if (replay.cut.length > 0)
    toast({
      message: `Of ${replay.cut.join(", ")} only the beginning was kept. Complete it to ask the same again.`,
      tone: "danger",
    });
}
