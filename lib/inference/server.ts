import "server-only";

export { serverEmbedder } from "./engines/embedding";
export { engineStatus, onnxEngine } from "./engines/onnx";
export { type OpenAiEngine, openAiEngine, type PassedFields } from "./engines/openai";
export { forgetServerModels, serverModels } from "./manifests";
