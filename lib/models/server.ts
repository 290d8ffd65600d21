import "server-only";

export { type PointingAlias, setPointing } from "./pointing";
export { onPublished } from "./published";
export { type ImportedArchive, importArchive, type Placing } from "./service/archive";
export { importFromFolder, listModels, pullModel, removeLocalModel } from "./service/command";
export {
  discardDownload,
  findDownloads,
  pauseDownload,
  resumeDownload,
  startDownload,
  startModels,
  stopModels,
} from "./service/downloads";
export { getModelFile } from "./service/files";
export { checkRepository, getHub, updateHub } from "./service/hub";
export {
  deleteModel,
  findLocalModels,
  importFolder,
  loadModel,
  removeModel,
  type UsableModel,
  usableModels,
} from "./service/local";
