import "server-only";

export { type ChatOptions, type ChatRequest, type ChatRun, runChat } from "./chat";
export {
  createConnection,
  deleteConnection,
  findConnections,
  testConnection,
  updateConnection,
} from "./connections";
export { type EmbeddingRun, runEmbeddings } from "./embeddings";
export { reportInvocation } from "./invocations";
export { startGateway, stopGateway } from "./lifecycle";
export { type ConnectedModel, connectedModels, findAliases, findModels } from "./models";
export {
  type CallableAlias,
  type NamedVersion,
  type NamedVersions,
  setNamedVersions,
  type VersionName,
  versionNameOf,
} from "./named-versions";
export { onOffered } from "./offered";
export {
  type CalledPrompt,
  longestKeptValue,
  type PreparedPrompt,
  type PromptLibrary,
  type ReportedPrompt,
  setPromptLibrary,
} from "./prompt-port";
export { getSystem } from "./system";
export { findNamedUsage, findUsage } from "./usage";
export { handleV1 } from "./v1/handler";
