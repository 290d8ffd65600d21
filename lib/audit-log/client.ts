import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import {
  type AuditFilter,
  auditCounts,
  auditEvent,
  auditPage,
  type ChainState,
  chainState,
  type Retention,
  retention,
  type SearchInput,
  savedSearch,
} from "./schema";

const keys = {
  events: (filter: AuditFilter) => ["audit", "events", filter],
  counts: (filter: AuditFilter) => ["audit", "counts", filter],
  event: (id: string) => ["audit", "event", id],
  chain: ["audit", "chain"],
  retention: ["audit", "retention"],
  searches: ["audit", "searches"],
} as const;

const at = (id: string) => `/api/audit/searches/${encodeURIComponent(id)}`;

/** Pages of matching rows, newest first. Each page read of other people's rows is itself recorded. */
export const auditEventsQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: keys.events(filter),
    queryFn: ({ signal, pageParam }) =>
      fetchJson("/api/audit", { ...filter, before: pageParam ?? undefined }, auditPage, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });

export const auditCountsQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: keys.counts(filter),
    queryFn: ({ signal }) => fetchJson("/api/audit/counts", filter, auditCounts, { signal }),
  });

export const auditEventQuery = (id: string) =>
  queryOptions({
    queryKey: keys.event(id),
    queryFn: ({ signal }) =>
      fetchJson(`/api/audit/events/${encodeURIComponent(id)}`, {}, auditEvent, { signal }),
  });

/** The last verification; asked again while one is under way. */
export const chainQuery = () =>
  queryOptions({
    queryKey: keys.chain,
    queryFn: ({ signal }) => fetchJson("/api/audit/chain", {}, chainState, { signal }),
    refetchInterval: ({ state }) => (state.data?.running ? 1_000 : false),
  });

export const startVerification = () => fetchJson("/api/audit/chain", {}, chainState, { method: "POST" });

export function keepChainState(client: QueryClient, state: ChainState): void {
  client.setQueryData(keys.chain, state);
}

export const retentionQuery = () =>
  queryOptions({
    queryKey: keys.retention,
    queryFn: ({ signal }) => fetchJson("/api/audit/retention", {}, retention, { signal }),
  });

export const updateRetention = (body: Retention) =>
  fetchJson("/api/audit/retention", {}, retention, { method: "PUT", body });

export function keepRetention(client: QueryClient, kept: Retention): void {
  client.setQueryData(keys.retention, kept);
}

export const searchesQuery = () =>
  queryOptions({
    queryKey: keys.searches,
    queryFn: ({ signal }) => fetchJson("/api/audit/searches", {}, z.array(savedSearch), { signal }),
  });

export const saveSearch = (body: SearchInput) =>
  fetchJson("/api/audit/searches", {}, savedSearch, { method: "POST", body });

export const renameSearch = ({ id, name }: { id: string; name: string }) =>
  fetchJson(at(id), {}, savedSearch, { method: "PATCH", body: { name } });

export const deleteSearch = (id: string) => fetchJson(at(id), {}, z.undefined(), { method: "DELETE" });

export function refreshSearches(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.searches });
}

/** Where a browser downloads what matches. */
export function exportPath(filter: AuditFilter): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return query.size > 0 ? `/api/audit/export?${query}` : "/api/audit/export";
}
