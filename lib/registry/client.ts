import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import { modelUsage } from "@/lib/gateway";
import {
  type AliasMove,
  type AliasRemoval,
  type ApprovalDecision,
  type ApprovalRequest,
  aliasMoved,
  type ModelPatch,
  modelCard,
  type Registration,
  type RegistryFilter,
  registeredList,
  registeredModel,
  type VersionCreation,
  type VersionPatch,
} from "./schema";

export { modelPath } from "./model-path";
export { type SendArchive, sendArchive } from "./send-archive";

const path = "/api/models/registry";
const key = ["registry"] as const;
const one = (id: string, ...rest: (string | number)[]) =>
  [path, ...[id, ...rest].map((part) => encodeURIComponent(part))].join("/");

/** Registered models that match, by name. */
export const registryQuery = (filter: RegistryFilter = {}) =>
  queryOptions({
    queryKey: [...key, "list", filter],
    queryFn: ({ signal }) => fetchJson(path, filter, registeredList, { signal }),
  });

/** One model with its versions. */
export const registeredModelQuery = (name: string) =>
  queryOptions({
    queryKey: [...key, "model", name],
    queryFn: ({ signal }) => fetchJson(`${path}/model`, { name }, registeredModel, { signal }),
    retry: false,
  });

/** Moves of a model's aliases, newest first. */
export const aliasMovesQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "moves", id],
    queryFn: ({ signal }) => fetchJson(one(id, "aliases"), {}, z.array(aliasMoved), { signal }),
  });

/** Calls of a model's versions in the last 30 days. */
export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "usage", id],
    queryFn: ({ signal }) => fetchJson(one(id, "usage"), {}, z.array(modelUsage), { signal }),
  });

/** What the author of a version wrote of it. */
export const cardQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: [...key, "card", id, number],
    queryFn: ({ signal }) => fetchJson(one(id, "versions", number, "card"), {}, modelCard, { signal }),
  });

/** Makes everything of the registry read itself again. */
export const refreshRegistry = (client: QueryClient) => client.invalidateQueries({ queryKey: key });

export const createModel = (body: Registration) =>
  fetchJson(path, {}, registeredModel, { method: "POST", body });

/** @throws RequestError `conflict` when another revision was saved meanwhile. */
export const updateModel = (id: string, body: ModelPatch) =>
  fetchJson(one(id), {}, registeredModel, { method: "PATCH", body });

export const createVersion = (id: string, body: VersionCreation) =>
  fetchJson(one(id, "versions"), {}, registeredModel, { method: "POST", body });

export const updateVersion = (id: string, number: number, body: VersionPatch) =>
  fetchJson(one(id, "versions", number), {}, registeredModel, { method: "PATCH", body });

export const acceptLicense = (id: string, number: number) =>
  fetchJson(one(id, "versions", number, "license"), {}, registeredModel, { method: "POST" });

export const requestApproval = (id: string, number: number, body: ApprovalRequest) =>
  fetchJson(one(id, "versions", number, "approval"), {}, registeredModel, { method: "POST", body });

export const decideApproval = (id: string, number: number, body: ApprovalDecision) =>
  fetchJson(one(id, "versions", number, "approval"), {}, registeredModel, { method: "PATCH", body });

/** @throws RequestError `conflict` when somebody moved it meanwhile. */
export const moveAlias = (id: string, alias: string, body: AliasMove) =>
  fetchJson(one(id, "aliases", alias), {}, aliasMoved, { method: "PUT", body });

export const removeAlias = (id: string, alias: string, body: AliasRemoval) =>
  fetchJson(one(id, "aliases", alias), {}, aliasMoved, { method: "DELETE", body });

/** Puts an alias back to where it stood before `move`, its last one. */
export const undoAliasMove = (id: string, alias: string, move: string) =>
  fetchJson(one(id, "aliases", alias, "undo"), {}, aliasMoved, { method: "POST", body: { move } });
