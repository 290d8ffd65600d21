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
export { findModels } from "./models";
export { getSystem } from "./system";
export { handleV1 } from "./v1/handler";
