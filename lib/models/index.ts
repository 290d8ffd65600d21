export { catalogue, estimatedBytes } from "./catalogue";
export { aboutBytes, timeLeft } from "./figures";
export {
  type CatalogueEntry,
  type Download,
  type DownloadInput,
  type DownloadReason,
  type Dtype,
  defaultHub,
  download,
  downloadInput,
  dtypes,
  type HubPatch,
  type HubRepository,
  type HubSettings,
  hubPatch,
  hubRepository,
  hubSettings,
  type ImportInput,
  importInput,
  type LocalModel,
  type LocalModels,
  localModel,
  localModels,
  type RepositoryQuery,
  repositoryQuery,
} from "./schema";
export { SpeedMeter } from "./speed-meter";
