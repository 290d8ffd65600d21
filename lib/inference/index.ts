export { builtInModels } from "./built-in";
export { fitsInTab } from "./model-weights";
export {
  type ChatCall,
  type ChatEngine,
  type ChatEvent,
  type ChatMessage,
  type ChatParameters,
  chatMessage,
  chatParameters,
  type EmbeddingCall,
  type EmbeddingEngine,
  type EmbeddingResult,
  type EngineErrorCode,
  type EngineInfo,
  type EngineKind,
  engineKinds,
  type FinishReason,
  type ModelManifest,
  modelManifest,
  type ResponseFormat,
  responseFormat,
  type TokenLogProbability,
  type Tool,
  tokenLogProbability,
  tool,
  toolCall,
} from "./schema";
export type { EngineStatus, ModelState, ModelStatus } from "./status";
