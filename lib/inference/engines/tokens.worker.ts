import { isAppError } from "@/lib/core";
import { templateFile } from "../chat-files";
import { Tokenizer } from "../core/tokenizer";
import { fetchSource, urlOf } from "./browser-source";
import type { CountedMessage, CountReply, CountRequest } from "./token-counter";

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const tokenizers = new Map<string, Promise<Tokenizer>>();

async function read(model: string): Promise<Tokenizer> {
  const source = await fetchSource(model);
  const text = async (path: string) => {
    const response = await fetch(urlOf(source, path));
    if (!response.ok) throw new Error(`${path} of ${model} was answered with ${response.status}.`);
    return response.text();
  };
  const has = (path: string) => source.manifest.files.some((file) => file.path === path);
  const [json, config, template] = await Promise.all([
    text("tokenizer.json"),
    text("tokenizer_config.json"),
    has(templateFile) ? text(templateFile) : undefined,
  ]);
  return new Tokenizer(model, JSON.parse(json), {
    ...JSON.parse(config),
    ...(template === undefined ? {} : { chat_template: template }),
  });
}

function tokenizerOf(model: string): Promise<Tokenizer> {
  const known = tokenizers.get(model) ?? read(model);
  tokenizers.set(model, known);
  known.catch(() => tokenizers.delete(model));
  return known;
}

/** As the model sees them; where its template refuses their order, the texts alone. */
function count(tokenizer: Tokenizer, model: string, messages: readonly CountedMessage[]): number {
  try {
    return tokenizer.prompt(model, [...messages]).length;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return messages.reduce((sum, { content }) => sum + tokenizer.encodePlain(content).length, 0);
  }
}

scope.addEventListener("message", ({ data: { id, model, messages } }: MessageEvent<CountRequest>) => {
  const reply = (answer: CountReply) => scope.postMessage(answer);
  tokenizerOf(model)
    .then((tokenizer) => count(tokenizer, model, messages))
    .then(
      (tokens) => reply({ id, tokens }),
      (error: unknown) => reply({ id, failure: error instanceof Error ? error.message : String(error) }),
    );
});
