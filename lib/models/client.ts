import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import {
  type Download,
  type DownloadInput,
  download,
  type HubPatch,
  hubRepository,
  hubSettings,
  type ImportInput,
  localModel,
  localModels,
  type RepositoryQuery,
} from "./schema";

export const modelKeys = {
  local: ["models", "local"] as const,
  downloads: ["models", "downloads"] as const,
  hub: ["models", "hub"] as const,
};

const nothing = z.undefined();
const everyMs = 1_000;

const isActive = ({ state }: Download) => state === "running" || state === "queued";

/** The models of this server and the room they take. */
export const localModelsQuery = () =>
  queryOptions({
    queryKey: modelKeys.local,
    queryFn: ({ signal }) => fetchJson("/api/models/local", {}, localModels, { signal }),
  });

/** Downloads, asked for again while one of them runs. */
export const downloadsQuery = () =>
  queryOptions({
    queryKey: modelKeys.downloads,
    queryFn: ({ signal }) => fetchJson("/api/models/downloads", {}, z.array(download), { signal }),
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? everyMs : false),
  });

/** The hub's address and whether a token is stored. For administrators. */
export const hubQuery = () =>
  queryOptions({
    queryKey: modelKeys.hub,
    queryFn: ({ signal }) => fetchJson("/api/models/hub", {}, hubSettings, { signal }),
  });

const downloadPath = (name: string, verb = "") =>
  `/api/models/downloads/${encodeURIComponent(name)}${verb && `/${verb}`}`;

export const updateHub = (patch: HubPatch) =>
  fetchJson("/api/models/hub", {}, hubSettings, { method: "PATCH", body: patch });

/** Asks the hub what a repository has. */
export const checkRepository = (query: RepositoryQuery) =>
  fetchJson("/api/models/repository", {}, hubRepository, { method: "POST", body: query });

export const startDownload = (input: DownloadInput) =>
  fetchJson("/api/models/downloads", {}, download, { method: "POST", body: input });

export const pauseDownload = (name: string) =>
  fetchJson(downloadPath(name, "pause"), {}, download, { method: "POST" });

export const resumeDownload = (name: string) =>
  fetchJson(downloadPath(name, "resume"), {}, download, { method: "POST" });

export const discardDownload = (name: string) =>
  fetchJson(downloadPath(name), {}, nothing, { method: "DELETE" });

export const importFolder = (input: ImportInput) =>
  fetchJson("/api/models/imports", {}, localModel, { method: "POST", body: input });

export const loadModel = (name: string) =>
  fetchJson(`/api/models/${encodeURIComponent(name)}/load`, {}, nothing, { method: "POST" });

export const deleteModel = (name: string) =>
  fetchJson(`/api/models/${encodeURIComponent(name)}`, {}, nothing, { method: "DELETE" });
