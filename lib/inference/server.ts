import "server-only";

export { lexicalEmbedder } from "./engines/lexical";
export { engineStatus, onnxEngine } from "./engines/onnx";
export { type OpenAiEngine, openAiEngine, type PassedFields } from "./engines/openai";
export { forgetServerModels, serverModels } from "./manifests";
