import { AppError } from "@/lib/core";
import { chatTexts, generationFile, templateFile } from "../chat-files";
import { AnswerFormats } from "../core/answer-format";
import type { Device } from "../core/best-device";
import type { ChatModel } from "../core/chat-model";
import { type OpenRequest, openGraph, openOn } from "../core/device";
import { asItIs, type GraphFiles, rewritten } from "../core/graph-files";
import { readGraphLayout } from "../core/graph-layout";
import { readModelConfig } from "../core/model-config";
import { openDecoder, type Rewriting } from "../core/open-decoder";
import type { Ort } from "../core/ort";
import { withFreshCache } from "../core/rewrite/fresh-cache";
import { SingleDecoder } from "../core/single-decoder";
import { Tokenizer } from "../core/tokenizer";
import { type FileAccess, readModel } from "./model-files";
import type { ModelSource } from "./protocol";

/** What loading a model needs from where it runs. */
export interface ModelPlatform extends FileAccess {
  ort: Ort;
  /** Best first. */
  candidates: readonly Device[];
  /** Always there, and right by definition. */
  reference: Device;
  /** The reference writes outputs into memory that it is given. */
  writesInPlace: boolean;
  /** Bytes that prompts of a model may keep for later ones that begin alike. */
  prefixBytes: number;
}

/** Tokens for images in a model of text, and the like. */
const mostUnknownTokens = 64;

/** Reads, verifies and opens a chat model. */
export async function loadChatModel(
  platform: ModelPlatform,
  source: ModelSource,
  onProgress: (share: number) => void,
): Promise<ChatModel> {
  const { name } = source.manifest;
  if (source.manifest.task !== "chat")
    throw new AppError("invalid", `${name} is no chat model.`, { param: "model" });
  const { graph, file, text, json } = await readModel(platform, source, chatTexts, onProgress);
  const chat_template = text(templateFile);
  const tokenizer = new Tokenizer(name, json("tokenizer.json"), {
    ...json("tokenizer_config.json"),
    ...(chat_template === undefined ? {} : { chat_template }),
  });
  const generation = text(generationFile) === undefined ? undefined : json(generationFile);
  const config = readModelConfig(source.manifest, json("config.json"), generation, tokenizer.endToken);
  requireOwnTokenizer(name, tokenizer, config.vocabulary);
  const layout = readGraphLayout(file, config, name);
  const { ort, candidates, reference, writesInPlace, prefixBytes } = platform;
  const request = { ort, model: name, config, layout, ...asItIs(graph), candidates, reference };
  const opened = await openGraph(request);
  const { device, fallback } = opened;
  const decoder =
    device === reference.label
      ? await openDecoder(
          opened.graph,
          { weightBytes: file.weightBytes, writesInPlace, prefixBytes },
          rewriting(request, graph),
        )
      : new SingleDecoder(opened.graph, `its cache stays on ${device}`);
  return {
    name,
    config,
    tokenizer,
    decoder,
    formats: new AnswerFormats(name, tokenizer, config.endTokens),
    device,
    fallback,
    memoryBytes: file.weightBytes,
    release: () => decoder.release(),
  };
}

/** @throws AppError `unprocessable` for the tokenizer of another model: it would write gibberish, or ids that crash the graph */
function requireOwnTokenizer(model: string, tokenizer: Tokenizer, vocabulary: number): void {
  const beyond = tokenizer.tokensBeyond(vocabulary);
  if (beyond <= mostUnknownTokens) return;
  throw new AppError(
    "unprocessable",
    `${model}: tokenizer.json is not that of this model: ${beyond} of its tokens lie beyond the ${vocabulary} that config.json says.`,
  );
}

/** The same model on the reference by a graph that does not copy the cache. */
function rewriting(request: OpenRequest, files: GraphFiles): Rewriting {
  const { layout, reference } = request;
  const open = (graph: Pick<OpenRequest, "layout" | "bytes" | "externalData">) =>
    openOn({ ...request, ...graph }, reference);
  const fresh = withFreshCache(files.bytes, files.name, layout);
  if ("reason" in fresh) return fresh;
  return {
    fresh: () => open({ layout: fresh.layout, ...rewritten(files, fresh.bytes) }),
    original: () => open(request),
  };
}
