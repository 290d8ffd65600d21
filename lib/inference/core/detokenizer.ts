/** Turns tokens into text one at a time, never giving out half a character. */
export interface Detokenizer {
  /** The text that became certain with this token, perhaps none. */
  push(token: number): string;
}

const replacement = "\ufffd";

// A character spans at most four tokens; beyond this the bytes are truly broken and may be shown as such.
const longestWait = 16;

/**
 * For tokenizers in which a token is a fixed run of bytes (byte-level BPE: GPT-2, Llama 3, Qwen, SmolLM):
 * the platform's own UTF-8 decoder keeps what is incomplete.
 */
export function byteDetokenizer(bytesOf: (token: number) => Uint8Array | undefined): Detokenizer {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return {
    push(token) {
      const bytes = bytesOf(token);
      return bytes === undefined ? "" : decoder.decode(bytes, { stream: true });
    },
  };
}

/**
 * For every other tokenizer, whose decoder looks at neighbours (spaces, byte fallback): decodes a short window
 * with and without its last tokens and gives out the difference once it no longer ends in U+FFFD.
 */
export function windowDetokenizer(decode: (tokens: number[]) => string): Detokenizer {
  let window: number[] = [];
  let known = 0;
  return {
    push(token) {
      window.push(token);
      const before = known === 0 ? "" : decode(window.slice(0, known));
      const all = decode(window);
      const waits = all.endsWith(replacement) && window.length - known < longestWait;
      if (waits || all.length <= before.length) return "";
      window = window.slice(known);
      known = window.length;
      return all.slice(before.length);
    },
  };
}
