import "server-only";

export { allAccounts, type Context, notFound, requestContext, requirePrivilege } from "./context";
export { readBody, readQuery, type ToWire, withActor, withPublic } from "./http";
export { makeKey } from "./key-format";
export { flushUses } from "./last-used";
export { handleNextAuth } from "./next-auth/handler";
export { auditContext, type RequestOrigin } from "./origin";
export { recordRefusal } from "./refusals";
export { currentActor, resolveActor } from "./resolve";
export { onRevokeEverything, type RevokeCount, type RevokeStep } from "./revoke-steps";
export { openSecret, type SealedSecret, sealSecret } from "./secrets";
export { addMembers, removeMembers } from "./service/group-members";
export { createGroup, deleteGroup, findGroups, getGroup, updateGroup } from "./service/groups";
export { acceptInvite } from "./service/invites";
export { establishSecretKey } from "./service/key-guard";
export { createKey, createServiceKey, findKeys, revokeKey } from "./service/keys";
export { getMe } from "./service/me";
export { effectiveGroupIds } from "./service/memberships";
export { findAllKeys, findKeysOf } from "./service/owned-keys";
export { endSessionsOf, findAllSessions, findSessionsOf } from "./service/owned-sessions";
export { getRevocationPreview, revokeEverything } from "./service/revocation";
export {
  createServicePrincipal,
  deleteServicePrincipal,
  findAllServicePrincipals,
  getServicePrincipal,
  updateServicePrincipal,
} from "./service/service-principals";
export { findSessions, revokeOtherSessions, revokeSession } from "./service/sessions";
export { completeSetup, ensureFirstAdministrator, getSetupState } from "./service/setup";
export { getSsoSettings } from "./service/sso-settings";
export { findUsers, getPerson, inviteUser, makeResetLink, updateUser } from "./service/users";
export { type ActorWatch, type WatchOptions, watchActor } from "./watch";
