import "server-only";

export { serverEmbedder } from "./engines/embedding";
export { openModelFile } from "./engines/model-folder";
export { engineStatus, onnxEngine } from "./engines/onnx";
export { type OpenAiEngine, openAiEngine, type PassedFields } from "./engines/openai";
export { forgetServerModels, serverModelSource, serverModels } from "./manifests";
export { runsInBrowser } from "./model-weights";
