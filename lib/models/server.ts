import "server-only";

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
export { deleteModel, findLocalModels, importFolder, loadModel } from "./service/local";
