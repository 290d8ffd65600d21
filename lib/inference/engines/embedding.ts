import "server-only";
import type { ChildProcess } from "node:child_process";
import { log, single } from "@/lib/core/server";
import { lexicalManifest } from "../core/lexical";
import { serverModelSource } from "../manifests";
import type { EmbeddingEngine } from "../schema";
import { EmbeddingHost, type EmbeddingHostOptions } from "./embedding-host";
import type { EmbeddingReply, EmbeddingRequest } from "./embedding-protocol";
import { lexicalEmbedder } from "./lexical";
import { freeForModels, startProcess } from "./onnx-process";
import { sessionThreads } from "./session-threads";

interface EmbeddingOptions extends Partial<Omit<EmbeddingHostOptions, "spawn" | "onBug">> {
  /** Bytes that models may take together; else half of what chat models may take. */
  memoryLimit?: number;
  /** Sees every worker that is started. */
  onWorker?(worker: ChildProcess): void;
}

/** The server's sentence encoders: they run in a worker process of their own, started with the first call. */
export function embeddingEngine(): EmbeddingHost {
  return single("inference.embedding", () => createEmbeddingEngine());
}

/** The one that has an embedding model of this server. */
export function serverEmbedder(model: string): EmbeddingEngine {
  return model === lexicalManifest.name ? lexicalEmbedder() : embeddingEngine();
}

/** An engine of its own, with its own worker. */
export function createEmbeddingEngine(options: EmbeddingOptions = {}): EmbeddingHost {
  const { memoryLimit, onWorker, ...rest } = options;
  return new EmbeddingHost({
    resolve: serverModelSource,
    onBug: (error) => log.error("The embedding engine failed.", { error }),
    ...rest,
    spawn: (listener) =>
      startProcess<EmbeddingRequest, EmbeddingReply>(
        "embedding.mjs",
        { threads: sessionThreads(), memoryLimit: memoryLimit ?? freeForModels() / 2 },
        listener,
        onWorker,
      ),
  });
}
