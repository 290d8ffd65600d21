import "server-only";
import { setImmediate as breathe } from "node:timers/promises";
import { AppError, monotonicMs } from "@/lib/core";
import {
  LexicalVector,
  lexicalContext,
  lexicalDimensions,
  lexicalManifest,
  lexicalWords,
} from "../core/lexical";
import type { EmbeddingCall, EmbeddingEngine, EmbeddingResult } from "../schema";

/** It runs on the main thread, so it gives way to others this often. */
const sliceMs = 5;

/** Longest input in characters: what the longest one in words could need. */
const longestText = lexicalContext * 32;

/** The built-in embedder `grain-embed`: no files, no training, the same vector everywhere. */
export function lexicalEmbedder(): EmbeddingEngine {
  return { embed };
}

async function embed(
  { model, input, dimensions }: EmbeddingCall,
  signal: AbortSignal,
): Promise<EmbeddingResult> {
  if (model !== lexicalManifest.name) {
    throw new AppError("not_found", `The lexical embedder is called ${lexicalManifest.name}.`, {
      param: "model",
    });
  }
  if (dimensions !== undefined && dimensions !== lexicalDimensions) {
    throw new AppError("invalid", `${model} has ${lexicalDimensions} dimensions, not ${dimensions}.`, {
      param: "dimensions",
    });
  }
  const vectors: Float32Array[] = [];
  let inputTokens = 0;
  let sliceEnd = monotonicMs() + sliceMs;
  for (const [index, text] of input.entries()) {
    if (text.length > longestText)
      throw tooLong(index, `${text.length} characters, of which at most ${longestText} are read`);
    const collected = new LexicalVector();
    for (const word of lexicalWords(text)) {
      collected.add(word);
      if (monotonicMs() < sliceEnd) continue;
      await breathe();
      requireWanted(signal);
      sliceEnd = monotonicMs() + sliceMs;
    }
    if (collected.words > lexicalContext) {
      throw tooLong(index, `${collected.words} words, of which at most ${lexicalContext} are read`);
    }
    inputTokens += collected.words;
    vectors.push(collected.vector());
  }
  requireWanted(signal);
  return { engine: { kind: "server", device: "CPU" }, vectors, inputTokens };
}

function requireWanted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("client_closed", "The caller left.");
}

function tooLong(index: number, what: string): AppError {
  return new AppError("invalid", `Input ${index} of ${lexicalManifest.name} has ${what}.`, {
    param: "input",
  });
}
