import "server-only";

export { findAliasMoves, moveAlias, removeAlias, undoAliasMove } from "./service/aliases";
export { decide, requestApproval } from "./service/approvals";
export { importVersion } from "./service/archive";
export { getCard } from "./service/card";
export { deleteRegisteredModel, deleteVersion } from "./service/deletions";
export { findDependents } from "./service/dependents";
export { lookUpModel } from "./service/lookup";
export {
  createEmptyModel,
  createModel,
  findModels,
  getModel,
  getModelByName,
  getUsage,
  updateModel,
} from "./service/models";
export { startRegistry } from "./service/start";
export {
  acceptLicense,
  createVersion,
  recordMetrics,
  resolveVersion,
  updateVersion,
} from "./service/versions";
