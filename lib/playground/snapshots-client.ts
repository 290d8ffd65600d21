import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import {
  playgroundSnapshot,
  type SnapshotCreation,
  type SnapshotFilter,
  type SnapshotSummary,
  snapshotSummary,
} from "./snapshot-schema";

const path = "/api/playground/snapshots";
const listKey = ["playground", "snapshots"];
const one = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** What the caller shares now. */
export const snapshotsQuery = (filter: SnapshotFilter = {}) =>
  queryOptions({
    queryKey: [...listKey, filter],
    queryFn: ({ signal }) => fetchJson(path, filter, z.array(snapshotSummary), { signal }),
  });

/** One snapshot, by whoever has its link. It never changes, but it may be revoked. */
export const snapshotQuery = (id: string) =>
  queryOptions({
    queryKey: ["playground", "snapshot", id],
    queryFn: ({ signal }) => fetchJson(one(id), {}, playgroundSnapshot, { signal }),
    gcTime: 0,
    retry: false,
  });

/** Makes the lists of snapshots read themselves again. */
export function refreshSnapshots(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: listKey });
}

export function createSnapshot(body: SnapshotCreation): Promise<SnapshotSummary> {
  return fetchJson(path, {}, snapshotSummary, { method: "POST", body });
}

export async function revokeSnapshot(id: string): Promise<void> {
  await fetchJson(one(id), {}, z.undefined(), { method: "DELETE" });
}
