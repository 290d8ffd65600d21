"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toaster";
import { gatewayKeys } from "@/lib/gateway/client";
import type { Download } from "@/lib/models";
import { downloadsQuery, modelKeys } from "@/lib/models/client";

const none: Download[] = [];

/** Downloads as they go; their ends are announced once, and what they bring appears everywhere. */
export function useDownloads() {
  const cache = useQueryClient();
  const query = useQuery(downloadsQuery());
  const downloads = query.data ?? none;
  const before = useRef(new Map<string, Download["state"]>());
  useEffect(() => {
    for (const { name, state, reason } of downloads) {
      const was = before.current.get(name);
      if (was === undefined || was === state) continue;
      if (state === "failed")
        toast({ message: `${name}: ${reason?.message ?? "it failed"}`, tone: "danger" });
      if (state === "done") toast(`${name} is downloaded and checked.`);
      if (state === "done" || state === "failed") {
        void cache.invalidateQueries({ queryKey: modelKeys.local });
        void cache.invalidateQueries({ queryKey: gatewayKeys.models });
      }
    }
    before.current = new Map(downloads.map(({ name, state }) => [name, state]));
  }, [downloads, cache]);
  return { ...query, unfinished: downloads.filter(({ state }) => state !== "done") };
}

/** Puts what the server answered in place, and asks again from then on. */
export function useShowDownload(): (download: Download) => void {
  const cache = useQueryClient();
  return (download) => {
    cache.setQueryData<Download[]>(modelKeys.downloads, (known = []) => [
      ...known.filter(({ name }) => name !== download.name),
      download,
    ]);
    void cache.invalidateQueries({ queryKey: modelKeys.downloads });
  };
}
