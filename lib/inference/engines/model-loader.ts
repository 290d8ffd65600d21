import { AppError } from "@/lib/core";
import { chatTexts, generationFile, templateFile } from "../chat-files";
import { AnswerFormats } from "../core/answer-format";
import type { Device, Opened } from "../core/best-device";
import type { ChatModel } from "../core/chat-model";
import type { Decoder } from "../core/decoder";
import { openGraph } from "../core/device";
import type { DecoderGraph } from "../core/graph";
import { readGraphLayout } from "../core/graph-layout";
import { readModelConfig } from "../core/model-config";
import { openDecoder } from "../core/open-decoder";
import type { Ort } from "../core/ort";
import { SingleDecoder } from "../core/single-decoder";
import { Tokenizer } from "../core/tokenizer";
import { type ReadFile, readModel } from "./model-files";
import type { ModelSource } from "./protocol";

/** What loading a model needs from where it runs. */
export interface ModelPlatform {
  ort: Ort;
  /** Best first. */
  candidates: readonly Device[];
  /** Always there, and right by definition. */
  reference: Device;
  /** The reference writes outputs into memory that it is given. */
  writesInPlace: boolean;
  /** Bytes that prompts of a model may keep for later ones that begin alike. */
  prefixBytes: number;
  readFile: ReadFile;
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
  const { graph, text, json } = await readModel(platform.readFile, source, chatTexts, onProgress);
  const chat_template = text(templateFile);
  const tokenizer = new Tokenizer(name, json("tokenizer.json"), {
    ...json("tokenizer_config.json"),
    ...(chat_template === undefined ? {} : { chat_template }),
  });
  const generation = text(generationFile) === undefined ? undefined : json(generationFile);
  const config = readModelConfig(source.manifest, json("config.json"), generation, tokenizer.endToken);
  requireOwnTokenizer(name, tokenizer, config.vocabulary);
  const { bytes, file, externalData } = graph;
  const layout = readGraphLayout(file, config, name);
  const { ort, candidates, reference } = platform;
  const opened = await openGraph({
    ort,
    model: name,
    config,
    layout,
    bytes,
    externalData,
    candidates,
    reference,
  });
  const { device, fallback } = opened;
  const decoder = await decoderOn(platform, opened, file.weightBytes);
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

async function decoderOn(
  { reference, writesInPlace, prefixBytes }: ModelPlatform,
  { graph, device }: Opened<DecoderGraph>,
  weightBytes: number,
): Promise<Decoder> {
  if (device !== reference.label) return new SingleDecoder(graph, `its cache stays on ${device}`);
  return openDecoder(graph, { weightBytes, writesInPlace, prefixBytes });
}
