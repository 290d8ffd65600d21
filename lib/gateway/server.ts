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
export { type ConnectedModel, connectedModels, findModels } from "./models";
export { getSystem } from "./system";
export { findUsage } from "./usage";
export { handleV1 } from "./v1/handler";
