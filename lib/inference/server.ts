import "server-only";

export { readOnnxFile } from "./core/onnx-file";
export { serverEmbedder } from "./engines/embedding";
export { openModelFile } from "./engines/model-folder";
export { engineStatus, onnxEngine } from "./engines/onnx";
export { type OpenAiEngine, openAiEngine, type PassedFields } from "./engines/openai";
export { forgetServerModels, serverModelSource, serverModels } from "./manifests";
export { runsInBrowser, weightBytesOf } from "./model-weights";
