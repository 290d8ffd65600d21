import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson, RequestError } from "@/lib/core/client";
import type { SavePort } from "./saver";
import {
  type FolderRename,
  folderCount,
  type PlaygroundSession,
  type PlaygroundSummary,
  playgroundSession,
  playgroundSummary,
  type SessionCreation,
  type SessionFilter,
  type SessionImport,
  type SessionUpdate,
  sessionPage,
} from "./schema";

const path = "/api/playground";
const historyKey = ["playground", "history"];
const sessionKey = (id: string) => ["playground", "session", id];
const one = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** The caller's saved sessions, newest first, page by page. */
export const playgroundSessionsQuery = (filter: Pick<SessionFilter, "q" | "folder" | "state"> = {}) =>
  infiniteQueryOptions({
    queryKey: [...historyKey, "sessions", filter],
    queryFn: ({ pageParam, signal }) =>
      fetchJson(path, { ...filter, cursor: pageParam }, sessionPage, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** The caller's folders with how many sessions each has. */
export const playgroundFoldersQuery = () =>
  queryOptions({
    queryKey: [...historyKey, "folders"],
    queryFn: ({ signal }) => fetchJson(`${path}/folders`, {}, z.array(folderCount), { signal }),
  });

/** One saved session. Always read anew: what another tab saved must not be written over from a cache. */
export const playgroundSessionQuery = (id: string) =>
  queryOptions({
    queryKey: sessionKey(id),
    queryFn: ({ signal }) => fetchJson(one(id), {}, playgroundSession, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Makes the lists of sessions and folders read themselves again. */
export function refreshSessions(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: historyKey });
}

export function createSession(input: SessionCreation): Promise<PlaygroundSummary> {
  return fetchJson(path, {}, playgroundSummary, { method: "POST", body: input });
}

/** Saves over the version named in `update`. A newer one is an answer here, not an error. */
export async function saveSession(
  id: string,
  update: SessionUpdate,
): Promise<{ saved: PlaygroundSummary } | { conflict: PlaygroundSession }> {
  try {
    return { saved: await fetchJson(one(id), {}, playgroundSummary, { method: "PUT", body: update }) };
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== "conflict") throw error;
    // A refusal keeps only its words here, so what is there now is read once more.
    return { conflict: await fetchJson(one(id), {}, playgroundSession) };
  }
}

export async function renameSession(id: string, version: number, title: string): Promise<void> {
  await fetchJson(one(id), {}, playgroundSummary, { method: "PUT", body: { version, title } });
}

export async function moveSession(id: string, folder: string): Promise<void> {
  await fetchJson(`${one(id)}/folder`, {}, z.undefined(), { method: "PUT", body: { folder } });
}

/** Another name for a folder; "" dissolves it. */
export async function renameFolder(body: FolderRename): Promise<void> {
  await fetchJson(`${path}/folders`, {}, z.array(folderCount), { method: "PUT", body });
}

/** Keeps all of them or none. */
export function importSessions(body: SessionImport): Promise<PlaygroundSummary[]> {
  return fetchJson(`${path}/import`, {}, z.array(playgroundSummary), { method: "POST", body });
}

export async function deleteSession(id: string): Promise<void> {
  await fetchJson(one(id), {}, z.undefined(), { method: "DELETE" });
}

export async function restoreSession(id: string): Promise<void> {
  await fetchJson(`${one(id)}/restore`, {}, playgroundSummary, { method: "POST" });
}

export const savePort: SavePort = { create: createSession, save: saveSession };
