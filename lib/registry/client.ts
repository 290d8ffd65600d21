import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import { gatewayKeys } from "@/lib/gateway/client";
import { type AliasMove, type AliasRemoval, aliasMoved } from "./alias-schema";
import type { MetricsInput } from "./metric-schema";
import {
  type ApprovalDecision,
  type ApprovalRequest,
  type Deletion,
  dependents,
  type ModelPatch,
  modelCard,
  type Registration,
  type RegistryFilter,
  registeredList,
  registeredModel,
  registryUsage,
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

/** One model with its versions, by its name or one that calls use. */
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
    queryFn: ({ signal }) => fetchJson(one(id, "usage"), {}, registryUsage, { signal }),
  });

/** What the author of a version wrote of it. */
export const cardQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: [...key, "card", id, number],
    queryFn: ({ signal }) => fetchJson(one(id, "versions", number, "card"), {}, modelCard, { signal }),
  });

/** What would go with a version, or with a model where no number is given. */
export const dependentsQuery = (id: string, number?: number) =>
  queryOptions({
    queryKey: [...key, "dependents", id, number ?? "all"],
    queryFn: ({ signal }) => {
      const parts = number === undefined ? [] : ["versions", number];
      return fetchJson(one(id, ...parts, "dependents"), {}, dependents, { signal });
    },
    gcTime: 0,
  });

/** Makes everything of the registry read itself again, and what calls may name. */
export const refreshRegistry = (client: QueryClient) =>
  Promise.all(
    [key, gatewayKeys.aliases, gatewayKeys.models].map((queryKey) => client.invalidateQueries({ queryKey })),
  );

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

export const recordMetrics = (id: string, number: number, body: MetricsInput) =>
  fetchJson(one(id, "versions", number, "metrics"), {}, registeredModel, { method: "POST", body });

/** @throws RequestError `conflict` while an alias points to it. */
export const deleteVersion = (id: string, number: number, body: Deletion) =>
  fetchJson(one(id, "versions", number), {}, registeredModel, { method: "DELETE", body });

export const deleteRegisteredModel = (id: string, body: Deletion) =>
  fetchJson(one(id), {}, z.undefined(), { method: "DELETE", body });
