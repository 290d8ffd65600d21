import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import type { StoredKind } from "@/lib/access";
import { fetchJson } from "@/lib/core/client";
import {
  attributePolicy,
  type PolicyChange,
  type PolicyCreation,
  policyList,
  tableReading,
} from "./policy-schema";
import {
  accessRequest,
  decisionEffect,
  type RequestCreation,
  type RequestDecision,
  requestLists,
} from "./request-schema";
import {
  type AllPrivilegesQuery,
  allPrivileges,
  catalogObject,
  dropPreview,
  droppedObject,
  type ExplainQuery,
  effect,
  effectivePage,
  explanation,
  type GrantChanges,
  grantList,
  type ObjectCreation,
  type ObjectPatch,
  type OwnerChange,
  principalRef,
  type TagChange,
  treePage,
} from "./schema";

const path = "/api/catalog";
/** The start of every key here: a change of rights makes all of it stale. */
export const catalogKey = ["catalog"] as const;
const one = (id: string, ...rest: string[]) =>
  [path, "objects", ...[id, ...rest].map((part) => encodeURIComponent(part))].join("/");

/** What lies in a container, or what matches a text anywhere. */
export const treeQuery = (filter: { parent?: string; q?: string; kind?: StoredKind; cursor?: string } = {}) =>
  queryOptions({
    queryKey: [...catalogKey, "tree", filter],
    queryFn: ({ signal }) => fetchJson(`${path}/objects`, filter, treePage, { signal }),
  });

/** As `treeQuery`, page after page. */
export const treePagesQuery = (filter: { parent?: string; q?: string } = {}) =>
  infiniteQueryOptions({
    queryKey: [...catalogKey, "treePages", filter],
    queryFn: ({ signal, pageParam }) =>
      fetchJson(`${path}/objects`, { ...filter, cursor: pageParam ?? undefined }, treePage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** One object by its id. */
export const objectByIdQuery = (id: string) =>
  queryOptions({
    queryKey: [...catalogKey, "objectById", id],
    queryFn: ({ signal }) => fetchJson(one(id), {}, catalogObject, { signal }),
    retry: false,
  });

/** Makes everything of the catalogue read itself again. */
export const refreshCatalog = (client: QueryClient) => client.invalidateQueries({ queryKey: catalogKey });

/** One object by its full name. */
export const objectQuery = (name: string, kind?: StoredKind) =>
  queryOptions({
    queryKey: [...catalogKey, "object", name, kind],
    queryFn: ({ signal }) => fetchJson(`${path}/lookup`, { name, kind }, catalogObject, { signal }),
    retry: false,
  });

/** Grants on an object and those it inherits. */
export const grantsQuery = (id: string) =>
  queryOptions({
    queryKey: [...catalogKey, "grants", id],
    queryFn: ({ signal }) => fetchJson(one(id, "grants"), {}, grantList, { signal }),
  });

/** Who may do what with an object. */
export const effectiveByObjectQuery = (id: string, cursor?: string) =>
  queryOptions({
    queryKey: [...catalogKey, "effective", id, cursor],
    queryFn: ({ signal }) => fetchJson(one(id, "effective"), { cursor }, effectivePage, { signal }),
  });

/** What a principal may do, object by object. */
export const effectiveByPrincipalQuery = (principal: string, cursor?: string) =>
  queryOptions({
    queryKey: [...catalogKey, "effectiveOf", principal, cursor],
    queryFn: ({ signal }) =>
      fetchJson(`${path}/principals/${encodeURIComponent(principal)}/effective`, { cursor }, effectivePage, {
        signal,
      }),
  });

/** Whom one could grant something. */
export const principalsQuery = (q: string) =>
  queryOptions({
    queryKey: [...catalogKey, "principals", q],
    queryFn: ({ signal }) => fetchJson(`${path}/principals`, { q }, z.array(principalRef), { signal }),
  });

/** Why somebody may or may not. */
export const explainAccessQuery = (query: ExplainQuery) =>
  queryOptions({
    queryKey: [...catalogKey, "explain", query],
    queryFn: ({ signal }) => fetchJson(`${path}/explain`, { ...query }, explanation, { signal }),
    retry: false,
  });

/** Every privilege of somebody on an object, with yes or no. */
export const allPrivilegesOfQuery = (query: AllPrivilegesQuery) =>
  queryOptions({
    queryKey: [...catalogKey, "all", query],
    queryFn: ({ signal }) => fetchJson(`${path}/explain/all`, { ...query }, allPrivileges, { signal }),
    retry: false,
  });

/** Attribute-based policies on an object, and those it inherits. */
export const policiesQuery = (id: string) =>
  queryOptions({
    queryKey: [...catalogKey, "policies", id],
    queryFn: ({ signal }) => fetchJson(one(id, "policies"), {}, policyList, { signal }),
  });

/** What somebody would read of a table; oneself without a principal. */
export const readingQuery = (id: string, principal?: string) =>
  queryOptions({
    queryKey: [...catalogKey, "reading", id, principal],
    queryFn: ({ signal }) => fetchJson(one(id, "reading"), { principal }, tableReading, { signal }),
    retry: false,
  });

/** What goes with an object when it is dropped. */
export const dropPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: [...catalogKey, "drop", id],
    queryFn: ({ signal }) => fetchJson(one(id, "contents"), {}, dropPreview, { signal }),
  });

/** What can be brought back. */
export const droppedQuery = () =>
  queryOptions({
    queryKey: [...catalogKey, "dropped"],
    queryFn: ({ signal }) => fetchJson(`${path}/dropped`, {}, z.array(droppedObject), { signal }),
  });

/** Requests to decide and one's own. */
export const requestsQuery = () =>
  queryOptions({
    queryKey: [...catalogKey, "requests"],
    queryFn: ({ signal }) => fetchJson(`${path}/requests`, {}, requestLists, { signal }),
    refetchInterval: 60_000,
  });

export const createObject = (body: ObjectCreation) =>
  fetchJson(`${path}/objects`, {}, catalogObject, { method: "POST", body });
export const updateObject = (id: string, body: ObjectPatch) =>
  fetchJson(one(id), {}, catalogObject, { method: "PATCH", body });
export const dropObject = (id: string, force: boolean) =>
  fetchJson(one(id), { force }, z.undefined(), { method: "DELETE" });
export const restoreObject = (id: string) =>
  fetchJson(one(id, "restore"), {}, catalogObject, { method: "POST" });
export const transferOwner = (id: string, body: OwnerChange) =>
  fetchJson(one(id, "owner"), {}, catalogObject, { method: "PUT", body });
export const changeTags = (id: string, body: TagChange) =>
  fetchJson(one(id, "tags"), {}, catalogObject, { method: "PATCH", body });
/** Grants and revokes on one or several objects at once. */
export const changeGrants = (body: GrantChanges) =>
  fetchJson(`${path}/grants`, {}, z.object({ added: z.number(), removed: z.number() }), {
    method: "PATCH",
    body,
  });
/** What `changeGrants` would do to people. */
export const previewGrants = (body: GrantChanges, signal?: AbortSignal) =>
  fetchJson(`${path}/grants/preview`, {}, effect, { method: "POST", body, signal });
/** What granting a request would do to the requester. */
export const decisionEffectQuery = (id: string) =>
  queryOptions({
    queryKey: [...catalogKey, "decision", id],
    queryFn: ({ signal }) =>
      fetchJson(`${path}/requests/${encodeURIComponent(id)}/effect`, {}, decisionEffect, { signal }),
    retry: false,
  });
/** As `previewGrants`, for one dialog: the change itself does not make it ask again. */
export const grantEffectQuery = (body: GrantChanges) =>
  queryOptions({
    queryKey: ["catalog-effect", body],
    queryFn: ({ signal }) => previewGrants(body, signal),
    gcTime: 0,
    retry: false,
  });
export const createPolicy = (id: string, body: PolicyCreation) =>
  fetchJson(one(id, "policies"), {}, attributePolicy, { method: "POST", body });
export const updatePolicy = (id: string, body: PolicyChange) =>
  fetchJson(`${path}/policies/${encodeURIComponent(id)}`, {}, attributePolicy, { method: "PATCH", body });
export const deletePolicy = (id: string) =>
  fetchJson(`${path}/policies/${encodeURIComponent(id)}`, {}, z.undefined(), { method: "DELETE" });
export const requestAccess = (body: RequestCreation) =>
  fetchJson(`${path}/requests`, {}, accessRequest, { method: "POST", body });
export const decideRequest = (id: string, body: RequestDecision) =>
  fetchJson(`${path}/requests/${encodeURIComponent(id)}/decision`, {}, requestLists, { method: "PUT", body });
export const withdrawRequest = (id: string) =>
  fetchJson(`${path}/requests/${encodeURIComponent(id)}`, {}, requestLists, { method: "DELETE" });
export const seeDecisions = () => fetchJson(`${path}/requests/seen`, {}, z.undefined(), { method: "POST" });
