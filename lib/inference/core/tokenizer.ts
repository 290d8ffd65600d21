import { PreTrainedTokenizer } from "@huggingface/transformers";
import { AppError } from "@/lib/core";
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
}

/** A model's own tokenizer and chat template, through Transformers.js. */
export class Tokenizer {
  readonly #inner: PreTrainedTokenizer;
  readonly #bytes: (Uint8Array | undefined)[] | undefined;
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
    this.#bytes = isByteLevel(json) ? bytesOfTokens(vocabulary, json) : undefined;
    this.#longest = [...vocabulary.keys()].reduce((most, token) => Math.max(most, token.length), 1);
  }

  /** Most characters that one token can stand for. */
  get longestToken(): number {
    return this.#longest;
  }

  get endToken(): number | undefined {
    return this.#inner.eos_token_id ?? undefined;
  }

  /** Bytes per token id, undefined for special ones; nothing when the tokenizer is not byte-level. */
  get tokenBytes(): readonly (Uint8Array | undefined)[] | undefined {
    return this.#bytes;
  }

  encode(text: string): number[] {
    return this.#inner.encode(text, { add_special_tokens: false });
  }

  /**
   * The prompt as the model was trained to see it. Special tokens written inside a message stay plain text,
   * so that no message can forge the end of its turn.
   * @throws AppError `invalid` when the template refuses the messages.
   */
  prompt(model: string, messages: TemplateMessage[]): number[] {
    if (!this.#inner.chat_template) throw new AppError("unprocessable", `${model} has no chat template.`);
    const mark = unusedMark(messages);
    const safe = messages.map((message) => ({
      ...message,
      content: this.#breakSpecial(message.content, mark),
    }));
    let text: string;
    try {
      text = this.#inner.apply_chat_template(safe as never, { tokenize: false, add_generation_prompt: true });
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

  #breakSpecial(content: string, mark: string): string {
    return this.#inner.all_special_tokens.reduce(
      (text, token) => text.replaceAll(token, token.slice(0, 1) + mark + token.slice(1)),
      content,
    );
  }

  detokenizer(): Detokenizer {
    const bytes = this.#bytes;
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

/** A noncharacter of Unicode that no message holds. */
function unusedMark(messages: TemplateMessage[]): string {
  for (let code = 0xfdd0; code <= 0xfdef; code++) {
    const mark = String.fromCharCode(code);
    if (!messages.some((message) => message.content.includes(mark))) return mark;
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
function bytesOfTokens(vocabulary: Map<string, number>, json: TokenizerJson): (Uint8Array | undefined)[] {
  const byteOf = byteAlphabet();
  const bytes: (Uint8Array | undefined)[] = [];
  for (const [token, id] of vocabulary) {
    bytes[id] = Uint8Array.from(token, (char) => byteOf.get(char) ?? 0x3f);
  }
  const utf8 = new TextEncoder();
  for (const added of json.added_tokens ?? []) {
    bytes[added.id] = added.special ? undefined : utf8.encode(added.content);
  }
  return bytes;
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
