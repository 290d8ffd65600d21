import "server-only";

export { allAccounts, type Context, notFound, requestContext, requirePrivilege } from "./context";
export { readBody, readQuery, withActor, withPublic } from "./http";
export { makeKey } from "./key-format";
export { flushUses } from "./last-used";
export { handleNextAuth } from "./next-auth/handler";
export { auditContext, type RequestOrigin } from "./origin";
export { recordRefusal } from "./refusals";
export { currentActor, resolveActor } from "./resolve";
export { openSecret, type SealedSecret, sealSecret } from "./secrets";
export { acceptInvite } from "./service/invites";
export { establishSecretKey } from "./service/key-guard";
export { createKey, findKeys, revokeKey } from "./service/keys";
export { getMe } from "./service/me";
export { findSessions, revokeOtherSessions, revokeSession } from "./service/sessions";
export { completeSetup, ensureFirstAdministrator, getSetupState } from "./service/setup";
export { findUsers, inviteUser, makeResetLink, updateUser } from "./service/users";
