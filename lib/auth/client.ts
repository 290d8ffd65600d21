import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import {
  type AcceptInput,
  accepted,
  apiKey,
  createdKey,
  type InviteInput,
  invited,
  type KeyInput,
  me,
  oneTimeLink,
  type SetupInput,
  session,
  setupState,
  type UserPatch,
  user,
} from "./schema";

export {
  addMembers,
  allKeysQuery,
  allSessionsQuery,
  createGroup,
  createServiceKey,
  createServicePrincipal,
  deleteGroup,
  deleteServicePrincipal,
  endSessionsOf,
  groupQuery,
  groupsQuery,
  personQuery,
  principalKeysQuery,
  principalSessionsQuery,
  refreshPrincipals,
  removeMembers,
  revocationQuery,
  revokeEverything,
  servicePrincipalQuery,
  servicePrincipalsQuery,
  ssoQuery,
  updateGroup,
  updateServicePrincipal,
} from "./principals-client";
export { signInWithPassword, signOutHere, startSingleSignOn } from "./sign-in-client";

const keys = {
  me: ["auth", "me"],
  keys: ["auth", "keys"],
  users: ["auth", "users"],
  sessions: ["auth", "sessions"],
  setup: ["auth", "setup"],
} as const;

const nothing = z.undefined();
const at = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`;

export const meQuery = () =>
  queryOptions({ queryKey: keys.me, queryFn: ({ signal }) => fetchJson("/api/me", {}, me, { signal }) });

export const keysQuery = () =>
  queryOptions({
    queryKey: keys.keys,
    queryFn: ({ signal }) => fetchJson("/api/keys", {}, z.array(apiKey), { signal }),
  });

export const usersQuery = () =>
  queryOptions({
    queryKey: keys.users,
    queryFn: ({ signal }) => fetchJson("/api/users", {}, z.array(user), { signal }),
  });

export const sessionsQuery = () =>
  queryOptions({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => fetchJson("/api/sessions", {}, z.array(session), { signal }),
  });

export const setupQuery = () =>
  queryOptions({
    queryKey: keys.setup,
    queryFn: ({ signal }) => fetchJson("/api/setup", {}, setupState, { signal }),
  });

/** Makes a key; `key` in the answer is shown this once. */
export const createKey = (body: KeyInput) => fetchJson("/api/keys", {}, createdKey, { method: "POST", body });

export const revokeKey = (id: string) => fetchJson(at("/api/keys", id), {}, nothing, { method: "DELETE" });

/** Makes an account and the one-time link that lets its owner in. */
export const inviteUser = (body: InviteInput) =>
  fetchJson("/api/users", {}, invited, { method: "POST", body });

export const updateUser = ({ id, ...body }: { id: string } & UserPatch) =>
  fetchJson(at("/api/users", id), {}, user, { method: "PATCH", body });

/** A new one-time link for an account; earlier ones stop working. */
export const resetUser = (id: string) =>
  fetchJson(`${at("/api/users", id)}/reset`, {}, oneTimeLink, { method: "POST" });

export const revokeSession = (id: string) =>
  fetchJson(at("/api/sessions", id), {}, nothing, { method: "DELETE" });

/** Signs out everywhere but here. */
export const revokeOtherSessions = () =>
  fetchJson("/api/sessions", {}, z.object({ revoked: z.number() }), { method: "DELETE" });

/** Makes the first administrator; answers with the address to sign in with. */
export const completeSetup = (body: SetupInput) =>
  fetchJson("/api/setup", {}, accepted, { method: "POST", body });

/** Uses an invitation or reset link; answers with the address to sign in with. */
export const acceptInvite = (body: AcceptInput) =>
  fetchJson("/api/invites/accept", {}, accepted, { method: "POST", body });
