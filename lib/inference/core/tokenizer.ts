import { PreTrainedTokenizer } from "@huggingface/transformers";
import { AppError } from "@/lib/core";
import type { Tool } from "../schema";
import { byteDetokenizer, type Detokenizer, windowDetokenizer } from "./detokenizer";

interface TokenizerJson {
  model?: unknown;
  decoder?: { type?: string; decoders?: { type?: string }[] } | null;
  added_tokens?: { id: number; content: string; special?: boolean }[];
}

export interface TemplateMessage {
  role: string;
  content: string;
  name?: string;
  /** Arguments as objects, as templates write them themselves. */
  tool_calls?: { type: "function"; function: { name: string; arguments: unknown } }[];
  tool_call_id?: string;
}

/** A model's own tokenizer and chat template, through Transformers.js. */
export class Tokenizer {
  readonly #inner: PreTrainedTokenizer;
  readonly #bytes: (Uint8Array | undefined)[] | undefined;
  /** A token's bytes are its text wherever it stands. */
  readonly #isByteLevel: boolean;
  readonly #known: ReadonlySet<number>;
  readonly #longest: number;

  /** @throws AppError `unprocessable` when the files are not those of a tokenizer. */
  constructor(model: string, json: TokenizerJson, config: Record<string, unknown>) {
    try {
      this.#inner = new PreTrainedTokenizer(json, config);
    } catch (cause) {
      throw new AppError("unprocessable", `${model}: tokenizer.json cannot be used: ${reasonOf(cause)}`, {
        cause,
      });
    }
    const vocabulary = this.#inner.get_vocab() as Map<string, number>;
    this.#known = new Set(vocabulary.values());
    this.#isByteLevel = isByteLevel(json);
    this.#bytes = this.#isByteLevel
      ? bytesOfTokens(vocabulary, json, byteLevelBytes())
      : isSentencePiece(json)
        ? bytesOfTokens(vocabulary, json, sentencePieceBytes)
        : undefined;
    this.#longest = [...vocabulary.keys()].reduce((most, token) => Math.max(most, token.length), 1);
  }

  /** Most characters that one token can stand for. */
  get longestToken(): number {
    return this.#longest;
  }

  /** Ids that a model of this vocabulary does not know. A few are usual: tokens for images in a model of text. */
  tokensBeyond(vocabulary: number): number {
    let count = 0;
    for (const id of this.#known) if (id >= vocabulary) count++;
    return count;
  }

  get endToken(): number | undefined {
    return this.#inner.eos_token_id ?? undefined;
  }

  /** Of the chat template; empty where there is none. */
  get template(): string {
    const { chat_template } = this.#inner;
    return typeof chat_template === "string" ? chat_template : JSON.stringify(chat_template ?? "");
  }

  /** Bytes per token id, undefined for special ones; nothing when tokens have no fixed bytes. */
  get tokenBytes(): readonly (Uint8Array | undefined)[] | undefined {
    return this.#bytes;
  }

  get padToken(): number | undefined {
    return this.#inner.pad_token_id ?? undefined;
  }

  /** A whole input as an encoder was trained to see it, with its special tokens around it. */
  encodeInput(text: string): number[] {
    return this.#inner.encode(text);
  }

  encode(text: string): number[] {
    return this.#inner.encode(text, { add_special_tokens: false });
  }

  /** Text whose special tokens stay plain text. */
  encodePlain(text: string): number[] {
    const mark = unusedMark(text);
    return this.#breakSpecial(text, mark)
      .split(mark)
      .flatMap((piece) => this.encode(piece));
  }

  /**
   * The prompt as the model was trained to see it. Special tokens written inside a message stay plain text,
   * so that no message can forge the end of its turn.
   * @throws AppError `invalid` when the template refuses the messages.
   */
  prompt(model: string, messages: TemplateMessage[], tools?: readonly Tool[]): number[] {
    if (!this.#inner.chat_template) throw new AppError("unprocessable", `${model} has no chat template.`);
    const mark = unusedMark(JSON.stringify([messages, tools]));
    const safe = this.#breakAll({ messages, tools }, mark);
    let text: string;
    try {
      text = this.#inner.apply_chat_template(safe.messages as never, {
        tokenize: false,
        add_generation_prompt: true,
        ...(tools ? { tools: safe.tools as never } : {}),
      });
    } catch (cause) {
      throw new AppError(
        "invalid",
        `The chat template of ${model} refuses these messages: ${reasonOf(cause)}`,
        {
          cause,
          param: "messages",
        },
      );
    }
    return text.split(mark).flatMap((piece) => this.encode(piece));
  }

  /** The same value with the special tokens broken in every text of it, keys included. */
  #breakAll<T>(value: T, mark: string): T {
    if (typeof value === "string") return this.#breakSpecial(value, mark) as T;
    if (Array.isArray(value)) return value.map((item) => this.#breakAll(item, mark)) as T;
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, item]) => [
      this.#breakSpecial(key, mark),
      this.#breakAll(item, mark),
    ]);
    return Object.fromEntries(entries) as T;
  }

  #breakSpecial(content: string, mark: string): string {
    return this.#inner.all_special_tokens.reduce(
      (text, token) => text.replaceAll(token, token.slice(0, 1) + mark + token.slice(1)),
      content,
    );
  }

  detokenizer(): Detokenizer {
    const bytes = this.#isByteLevel ? this.#bytes : undefined;
    if (bytes) return byteDetokenizer((token) => bytes[token]);
    return windowDetokenizer((tokens) => this.decode(tokens));
  }

  /** A token by itself: its text, with U+FFFD where it holds part of a character, and its bytes where they are known. */
  describe(token: number): { token: string; bytes: number[] | null } {
    const bytes = this.#bytes?.[token];
    if (bytes) return { token: new TextDecoder().decode(bytes), bytes: [...bytes] };
    return { token: this.#inner.decode([token], { skip_special_tokens: false }), bytes: null };
  }

  /** The text of whole tokens, special ones left out. */
  decode(tokens: number[]): string {
    const known = tokens.filter((token) => this.#known.has(token));
    if (known.length === 0) return "";
    return this.#inner.decode(known, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  }
}

/** A noncharacter of Unicode that the text does not hold. */
function unusedMark(text: string): string {
  for (let code = 0xfdd0; code <= 0xfdef; code++) {
    const mark = String.fromCharCode(code);
    if (!text.includes(mark)) return mark;
  }
  throw new AppError("invalid", "The messages hold too many Unicode noncharacters.", { param: "messages" });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function isByteLevel({ decoder }: TokenizerJson): boolean {
  const decoders = decoder?.type === "Sequence" ? decoder.decoders : [decoder];
  return decoders?.length === 1 && decoders[0]?.type === "ByteLevel";
}

/** Bytes per token id; none for special tokens, which are never shown. */
function bytesOfTokens(
  vocabulary: Map<string, number>,
  json: TokenizerJson,
  bytesOf: (token: string) => Uint8Array,
): (Uint8Array | undefined)[] {
  const bytes: (Uint8Array | undefined)[] = [];
  for (const [token, id] of vocabulary) bytes[id] = bytesOf(token);
  const utf8 = new TextEncoder();
  for (const added of json.added_tokens ?? []) {
    bytes[added.id] = added.special ? undefined : utf8.encode(added.content);
  }
  return bytes;
}

function byteLevelBytes(): (token: string) => Uint8Array {
  const byteOf = byteAlphabet();
  return (token) => Uint8Array.from(token, (char) => byteOf.get(char) ?? 0x3f);
}

/** SentencePiece with byte fallback (Gemma, Llama 2, Phi 3): U+2581 is a space, `<0x0A>` a byte. */
function isSentencePiece({ decoder }: TokenizerJson): boolean {
  return decoder?.decoders?.some(({ type }) => type === "ByteFallback") ?? false;
}

function sentencePieceBytes(token: string): Uint8Array {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(token)?.[1];
  if (byte !== undefined) return Uint8Array.of(Number.parseInt(byte, 16));
  return new TextEncoder().encode(token.replaceAll("\u2581", " "));
}

/** GPT-2's alphabet: printable bytes stand for themselves, the others for the code points from 256 on. */
function byteAlphabet(): Map<string, number> {
  const byteOf = new Map<string, number>();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    byteOf.set(String.fromCharCode(printable ? byte : next++), byte);
  }
  return byteOf;
}
