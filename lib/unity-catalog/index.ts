export { toUnityDeletionError, toUnityError } from "./error";
export {
  type PolicyPath,
  policyCreationInfo,
  policyPage,
  policyUpdateInfo,
  policyUpdateQuery,
} from "./policy-schema";
export {
  catalogCreation,
  catalogPage,
  catalogUpdate,
  deletion,
  functionCreation,
  modelCreation,
  modelUpdate,
  modelVersionCreation,
  objectPage,
  permissionChanges,
  permissionQuery,
  schemaCreation,
  schemaPage,
  tableCreation,
  versionPage,
  volumeCreation,
  volumeUpdate,
} from "./schema";
