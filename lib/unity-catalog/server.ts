import "server-only";

export {
  createCatalog,
  createSchema,
  deleteCatalog,
  deleteSchema,
  findCatalogs,
  findSchemas,
  getCatalog,
  getMetastoreSummary,
  getSchema,
  updateCatalog,
  updateSchema,
} from "./service/containers";
export {
  createModelVersion,
  deleteModelVersion,
  findModelVersions,
  getModelVersion,
} from "./service/model-versions";
export { createRegisteredModel, deleteRegisteredModel, updateRegisteredModel } from "./service/models";
export {
  getEffectivePermissions,
  getPermissions,
  type PermissionsOf,
  spellingFor,
  updatePermissions,
} from "./service/permissions";
export { createPolicy, deletePolicy, findPolicies, getPolicy, updatePolicy } from "./service/policies";
export {
  createFunction,
  createTable,
  createVolume,
  deleteFunction,
  deleteTable,
  deleteVolume,
  findFunctions,
  findRegisteredModels,
  findTables,
  findVolumes,
  getFunction,
  getRegisteredModel,
  getTable,
  getVolume,
  updateVolume,
} from "./service/schema-objects";
