import "server-only";

export { allAccounts, type Context, notFound, requestContext, requirePrivilege } from "./context";
export { readBody, readQuery, withActor, withPublic } from "./http";
export { auditContext, type RequestOrigin } from "./origin";
export { recordRefusal } from "./refusals";
export { currentActor, resolveActor } from "./resolve";
