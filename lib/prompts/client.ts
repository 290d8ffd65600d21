import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import type { VersionChoice } from "./alias";
import { type FileImport, importedFiles } from "./file-schema";
import {
  type AliasMove,
  type AliasRemoval,
  type AliasRuleInput,
  aliasMoved,
  type MoveDecision,
  moveRequest,
  moveRequestLists,
} from "./move-schema";
import { promptReplay } from "./replay-schema";
import {
  type DraftMerge,
  type DraftSave,
  draft,
  fetchedPrompt,
  mergeResult,
  type PromptCreation,
  type PromptFilter,
  promptDetail,
  promptList,
  promptUsage,
  promptVersion,
  type RenderRequest,
  renderedPrompt,
  type VersionCreation,
  versionPage,
} from "./schema";

const path = "/api/prompts";
export const promptKeys = { all: ["prompts"] as const, moves: ["prompts", "moves"] as const };
const one = (name: string, ...rest: (string | number)[]) =>
  [path, ...[name, ...rest].map((part) => encodeURIComponent(part))].join("/");

/** A page of prompts by full name. */
export const promptsQuery = (filter: PromptFilter = {}) =>
  queryOptions({
    queryKey: [...promptKeys.all, "list", filter],
    queryFn: ({ signal }) => fetchJson(path, filter, promptList, { signal }),
  });

/** As `promptsQuery`, page after page. */
export const promptPagesQuery = (filter: Omit<PromptFilter, "after"> = {}) =>
  infiniteQueryOptions({
    queryKey: [...promptKeys.all, "pages", filter],
    queryFn: ({ signal, pageParam }) =>
      fetchJson(path, { ...filter, after: pageParam ?? undefined }, promptList, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** A prompt with its aliases and last versions. */
export const promptQuery = (name: string) =>
  queryOptions({
    queryKey: [...promptKeys.all, "detail", name],
    queryFn: ({ signal }) => fetchJson(one(name, "detail"), {}, promptDetail, { signal }),
    retry: false,
  });

/** Versions before one, newest first. */
export const versionsQuery = (name: string, before?: number) =>
  queryOptions({
    queryKey: [...promptKeys.all, "versions", name, before ?? null],
    queryFn: ({ signal }) => fetchJson(one(name, "versions"), { before }, versionPage, { signal }),
  });

/** One version with its text; it never changes. */
export const versionQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: [...promptKeys.all, "version", name, number],
    queryFn: ({ signal }) => fetchJson(one(name, "versions", number), {}, promptVersion, { signal }),
  });

/** As applications fetch it: resolved. */
export const fetchedPromptQuery = (name: string, choice: VersionChoice = {}) =>
  queryOptions({
    queryKey: [...promptKeys.all, "fetched", name, choice],
    queryFn: ({ signal }) => fetchJson(one(name), choice, fetchedPrompt, { signal }),
    retry: false,
  });

/** One's own draft; null where there is none. */
export const draftQuery = (name: string) =>
  queryOptions({
    queryKey: [...promptKeys.all, "draft", name],
    queryFn: ({ signal }) => fetchJson(one(name, "draft"), {}, draft.nullable(), { signal }),
    gcTime: 0,
  });

/** What a merge of one's draft would give now. */
export const mergePreviewQuery = (name: string) =>
  queryOptions({
    queryKey: [...promptKeys.all, "merge", name],
    queryFn: ({ signal }) => fetchJson(one(name, "draft", "merge"), {}, mergeResult, { signal }),
    gcTime: 0,
  });

/** Moves of a prompt's aliases, newest first. */
export const aliasMovesQuery = (name: string) =>
  queryOptions({
    queryKey: [...promptKeys.all, "alias-moves", name],
    queryFn: ({ signal }) => fetchJson(one(name, "aliases"), {}, z.array(aliasMoved), { signal }),
  });

/** Calls of its versions in the last days. */
export const promptUsageQuery = (name: string, days = 30) =>
  queryOptions({
    queryKey: [...promptKeys.all, "usage", name, days],
    queryFn: ({ signal }) => fetchJson(one(name, "usage"), { days }, promptUsage, { signal }),
  });

/** A past call of a prompt, with the values it was given. */
export const promptReplayQuery = (name: string, id: string) =>
  queryOptions({
    queryKey: [...promptKeys.all, "replay", name, id],
    queryFn: ({ signal }) => fetchJson(one(name, "invocations", id), {}, promptReplay, { signal }),
    retry: false,
  });

/** Requests to move aliases: those to decide and one's own. */
export const moveRequestsQuery = () =>
  queryOptions({
    queryKey: promptKeys.moves,
    queryFn: ({ signal }) => fetchJson("/api/prompt-moves", {}, moveRequestLists, { signal }),
  });

/** Makes everything of the library read itself again. */
export const refreshPrompts = (client: QueryClient) => client.invalidateQueries({ queryKey: promptKeys.all });

export const createPrompt = (body: PromptCreation) =>
  fetchJson(path, {}, promptDetail, { method: "POST", body });

/** @throws RequestError `conflict`, with the merge in `conflict`, when both changed the same since `base`. */
export const createVersion = (name: string, body: VersionCreation) =>
  fetchJson(one(name, "versions"), {}, promptVersion, { method: "POST", body });

/** @throws RequestError `conflict` when another revision was saved meanwhile. */
export const saveDraft = (name: string, body: DraftSave) =>
  fetchJson(one(name, "draft"), {}, draft, { method: "PUT", body });

export const discardDraft = (name: string) =>
  fetchJson(one(name, "draft"), {}, z.undefined(), { method: "DELETE" });

/** The draft becomes the next version. @throws RequestError `conflict`, with the merge in `conflict`. */
export const mergeDraft = (name: string, body: DraftMerge) =>
  fetchJson(one(name, "draft", "merge"), {}, promptVersion, { method: "POST", body });

export const renderPrompt = (name: string, body: RenderRequest) =>
  fetchJson(one(name, "render"), {}, renderedPrompt, { method: "POST", body });

/** @throws RequestError `conflict` when somebody moved it meanwhile. */
export const moveAlias = (name: string, alias: string, body: AliasMove) =>
  fetchJson(one(name, "aliases", alias), {}, aliasMoved, { method: "PUT", body });

export const removeAlias = (name: string, alias: string, body: AliasRemoval) =>
  fetchJson(one(name, "aliases", alias), {}, aliasMoved, { method: "DELETE", body });

/** Puts an alias back to where it stood before `move`, its last one. */
export const undoAliasMove = (name: string, alias: string, move: string) =>
  fetchJson(one(name, "aliases", alias, "undo"), {}, aliasMoved, { method: "POST", body: { move } });

/** Protects an alias, or changes how. */
export const saveAliasRule = (name: string, alias: string, body: AliasRuleInput) =>
  fetchJson(one(name, "aliases", alias, "rule"), {}, promptDetail, { method: "PUT", body });

export const removeAliasRule = (name: string, alias: string) =>
  fetchJson(one(name, "aliases", alias, "rule"), {}, promptDetail, { method: "DELETE" });

/** Asks whoever may decide to move an alias. */
export const requestMove = (name: string, alias: string, body: AliasMove) =>
  fetchJson(one(name, "aliases", alias, "requests"), {}, moveRequest, { method: "POST", body });

export const decideMove = (id: string, body: MoveDecision) =>
  fetchJson(`/api/prompt-moves/${encodeURIComponent(id)}`, {}, moveRequestLists, { method: "PUT", body });

/** Brings files into the library; with `dryRun` only tells what would become of each. */
export const importPromptFiles = (body: FileImport) =>
  fetchJson("/api/prompt-files/import", {}, importedFiles, { method: "POST", body });

export const seeMoveDecisions = () =>
  fetchJson("/api/prompt-moves/seen", {}, z.undefined(), { method: "POST" });

export { downloadPrompts } from "./files/download";
export { type ReadFiles, readUploads } from "./files/uploads";
