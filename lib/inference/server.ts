import "server-only";

export { browserBytesOf } from "./chat-files";
export { readOnnxFile } from "./core/onnx-file";
export { BrokenMessage, type Bytes } from "./core/protobuf";
export { serverEmbedder } from "./engines/embedding";
export { openModelFile } from "./engines/model-folder";
export { engineStatus, onnxEngine } from "./engines/onnx";
export { type OpenAiEngine, openAiEngine, type PassedFields } from "./engines/openai";
export { forgetServerModels, serverModelSource, serverModels } from "./manifests";
export { runsInBrowser, weightBytesOf } from "./model-weights";
