import "server-only";

export { type CatalogHooks, registerHooks } from "./hooks";
export { createPolicy, deletePolicy, getPolicies, updatePolicy } from "./service/attribute-policies";
export { previewDecision } from "./service/decision";
export { dropObject, findDroppedObjects, getDropPreview, restoreObject } from "./service/drop";
export { getEffectiveByObject, getEffectiveByPrincipal } from "./service/effective";
export { explainAccess } from "./service/explain";
export { explainAllPrivileges } from "./service/explain-all";
export { changeGrants, getGrants, previewGrants } from "./service/grants";
export { findObjects } from "./service/list";
export {
  changeTags,
  createInSchema,
  createObject,
  getObject,
  getObjectByName,
  transferOwner,
  updateObject,
} from "./service/objects";
export { findPrincipalsLike } from "./service/principals";
export {
  createRequest,
  decideAccess,
  findRequests,
  seeDecisions,
  withdrawRequest,
} from "./service/requests";
export { startCatalog, stopCatalog } from "./service/start";
export { explainReading } from "./service/table-reading";
export { findTree } from "./service/tree";
