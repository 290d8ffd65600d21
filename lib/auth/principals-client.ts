import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import {
  type GroupFilter,
  type GroupInput,
  type GroupPatch,
  group,
  groupList,
  type MembersInput,
} from "./group-schema";
import {
  personDetail,
  type RevocationInput,
  revocation,
  type ServicePrincipalInput,
  type ServicePrincipalPatch,
  servicePrincipal,
  servicePrincipalDetail,
} from "./principal-schema";
import {
  apiKey,
  createdKey,
  type KeyInput,
  type OwnedFilter,
  ownedKeys,
  ownedSessions,
  session,
} from "./schema";
import { ssoSettings } from "./sso-schema";

/** Everything about principals: a change to one is seen in lists, pages and memberships of others. */
const key = ["auth"] as const;

const nothing = z.undefined();
const at = (path: string, ...ids: string[]) => [path, ...ids.map(encodeURIComponent)].join("/");

export const groupsQuery = (filter: GroupFilter = {}) =>
  queryOptions({
    queryKey: [...key, "groups", filter],
    queryFn: ({ signal }) => fetchJson("/api/groups", filter, groupList, { signal }),
    placeholderData: keepPreviousData,
  });

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "group", id],
    queryFn: ({ signal }) => fetchJson(at("/api/groups", id), {}, group, { signal }),
    retry: false,
  });

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "users", id],
    queryFn: ({ signal }) => fetchJson(at("/api/users", id), {}, personDetail, { signal }),
    retry: false,
  });

export const servicePrincipalsQuery = () =>
  queryOptions({
    queryKey: [...key, "service-principals"],
    queryFn: ({ signal }) => fetchJson("/api/service-principals", {}, z.array(servicePrincipal), { signal }),
  });

export const servicePrincipalQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "service-principals", id],
    queryFn: ({ signal }) =>
      fetchJson(at("/api/service-principals", id), {}, servicePrincipalDetail, { signal }),
    retry: false,
  });

/** One principal's keys. */
export const principalKeysQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "keys", "of", id],
    queryFn: ({ signal }) => fetchJson(at("/api/principals", id, "keys"), {}, z.array(apiKey), { signal }),
  });

/** Where one person is signed in. */
export const principalSessionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "sessions", "of", id],
    queryFn: ({ signal }) =>
      fetchJson(at("/api/principals", id, "sessions"), {}, z.array(session), { signal }),
  });

/** Everybody's keys, for administrators. */
export const allKeysQuery = (filter: OwnedFilter = {}) =>
  queryOptions({
    queryKey: [...key, "keys", "all", filter],
    queryFn: ({ signal }) => fetchJson("/api/keys/all", filter, ownedKeys, { signal }),
    placeholderData: keepPreviousData,
  });

/** Everybody's sessions, for administrators. */
export const allSessionsQuery = (filter: OwnedFilter = {}) =>
  queryOptions({
    queryKey: [...key, "sessions", "all", filter],
    queryFn: ({ signal }) => fetchJson("/api/sessions/all", filter, ownedSessions, { signal }),
    placeholderData: keepPreviousData,
  });

export const ssoQuery = () =>
  queryOptions({
    queryKey: [...key, "sso"],
    queryFn: ({ signal }) => fetchJson("/api/sso", {}, ssoSettings, { signal }),
  });

/** What "revoke everything" would end; counted anew every time it is looked at. */
export const revocationQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "revocation", id],
    queryFn: ({ signal }) => fetchJson(at("/api/principals", id, "revocation"), {}, revocation, { signal }),
    gcTime: 0,
  });

/** Makes everything about principals read itself again. */
export const refreshPrincipals = (client: QueryClient) => client.invalidateQueries({ queryKey: key });

export const createGroup = (body: GroupInput) =>
  fetchJson("/api/groups", {}, group, { method: "POST", body });

/** @throws RequestError `conflict` when another revision was saved meanwhile. */
export const updateGroup = (id: string, body: GroupPatch) =>
  fetchJson(at("/api/groups", id), {}, group, { method: "PATCH", body });

export const deleteGroup = (id: string) =>
  fetchJson(at("/api/groups", id), {}, nothing, { method: "DELETE" });

export const addMembers = (id: string, body: MembersInput) =>
  fetchJson(at("/api/groups", id, "members"), {}, group, { method: "POST", body });

export const removeMembers = (id: string, body: MembersInput) =>
  fetchJson(at("/api/groups", id, "members"), {}, group, { method: "DELETE", body });

export const createServicePrincipal = (body: ServicePrincipalInput) =>
  fetchJson("/api/service-principals", {}, servicePrincipalDetail, { method: "POST", body });

/** @throws RequestError `conflict` when another revision was saved meanwhile. */
export const updateServicePrincipal = (id: string, body: ServicePrincipalPatch) =>
  fetchJson(at("/api/service-principals", id), {}, servicePrincipalDetail, { method: "PATCH", body });

export const deleteServicePrincipal = (id: string) =>
  fetchJson(at("/api/service-principals", id), {}, nothing, { method: "DELETE" });

/** Makes a key of a service principal; `key` in the answer is shown this once. */
export const createServiceKey = (id: string, body: KeyInput) =>
  fetchJson(at("/api/service-principals", id, "keys"), {}, createdKey, { method: "POST", body });

/** Signs one person out everywhere. */
export const endSessionsOf = (id: string) =>
  fetchJson(at("/api/principals", id, "sessions"), {}, z.object({ ended: z.number() }), {
    method: "DELETE",
  });

export const revokeEverything = (id: string, body: RevocationInput) =>
  fetchJson(at("/api/principals", id, "revocation"), {}, revocation, { method: "POST", body });
