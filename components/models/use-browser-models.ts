"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { modelsQuery } from "@/lib/gateway/client";
import { type BrowserModel, type BrowserRoom, loadBrowserStore } from "@/lib/inference/client";
import { browserDownloads } from "./browser-downloads";

interface Kept {
  /** Whether this browser lets the page keep files at all. */
  canKeep: boolean;
  models: BrowserModel[];
  room: BrowserRoom | undefined;
}

const nothing: Kept = { canKeep: false, models: [], room: undefined };
const everyMs = 1_000;

async function findKept(names: readonly string[]): Promise<Kept> {
  const { browserRoom, canKeepModels, findBrowserModels } = await loadBrowserStore();
  if (!(await canKeepModels())) return nothing;
  return { canKeep: true, models: await findBrowserModels(names), room: await browserRoom() };
}

/** What this browser keeps of the models that can run in it, and what this tab is fetching. */
export function useBrowserModels() {
  const served = useQuery(modelsQuery());
  const { downloads, changes, said } = useSyncExternalStore(
    browserDownloads.subscribe,
    browserDownloads.read,
    browserDownloads.read,
  );
  const names = served.data?.filter(({ inBrowser }) => inBrowser).map(({ id }) => id);
  const kept = useQuery({
    queryKey: ["models", "browser", names],
    queryFn: () => findKept(names ?? []),
    enabled: names !== undefined,
    // Runs and other tabs fetch models too, and nobody tells this page.
    refetchInterval: ({ state }) =>
      state.data?.models.some(({ name, busy }) => busy && !downloads.has(name)) ? everyMs : false,
    refetchOnWindowFocus: true,
  });
  const { refetch } = kept;
  useEffect(() => {
    if (changes > 0) void refetch().then(() => browserDownloads.settle());
  }, [changes, refetch]);
  const failed = served.error ? served : kept;
  return {
    data: kept.data,
    downloads,
    said,
    isPending: served.isPending || (kept.isPending && !served.isError),
    error: failed.error,
    retry: () => void failed.refetch(),
  };
}
