export { type AliasMoved, aliasMove, aliasRemoval, aliasUndo } from "./alias-schema";
export { calledVersion } from "./called-version";
export { type ComparedFile, type ComparedMetric, compareFiles, compareMetrics } from "./compare";
export { figure, intervalRules, metricsInput } from "./metric-schema";
export {
  type Approval,
  type ArchiveImport,
  aliasName,
  approvalDecision,
  approvalRequest,
  archiveQuery,
  type Dependents,
  deletion,
  emptyRegistration,
  type ModelAlias,
  type ModelTags,
  type ModelVersion,
  modelLookup,
  modelPatch,
  mostListed,
  type RegisteredModel,
  type RegisteredSummary,
  type RegistryFilter,
  registration,
  registryFilter,
  resolveQuery,
  runPlaces,
  type VersionOrigin,
  type VersionSource,
  versionCreation,
  versionOrigins,
  versionPatch,
} from "./schema";
