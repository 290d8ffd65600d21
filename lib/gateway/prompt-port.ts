import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import { env, single } from "@/lib/core/server";
import type { ChatMessage, ChatParameters, ResponseFormat } from "@/lib/inference";
import { storable } from "./storable";

export type PromptValues = Readonly<Record<string, string | number | boolean>>;

/** A version of a prompt as a call was made with it. */
export interface CalledPrompt {
  id: string;
  fullName: string;
  version: number;
  /** By which it was named; null for a version by its number. */
  alias: string | null;
  /** As they were given. */
  variables: PromptValues;
  /** The prompt and every one that stands in it: whoever calls needs EXECUTE on each, as long as it runs. */
  needs: readonly string[];
}

/** A called prompt with its values filled in. */
export interface PreparedPrompt extends CalledPrompt {
  messages: ChatMessage[];
  model: string | null;
  parameters: ChatParameters;
  responseFormat: ResponseFormat | null;
}

/** A version that a browser says it has run. */
export interface ReportedPrompt {
  name: string;
  version: number;
  alias: string | null;
  variables: PromptValues;
}

/** Whoever keeps prompts. It stands above the gateway and so makes itself known here. */
export interface PromptLibrary {
  /** Reads the `prompt` field of a call and fills it in. @throws AppError; it never takes another version. */
  prepare(ctx: Context, field: unknown): Promise<PreparedPrompt>;
  /** @throws AppError for a version that the caller may not run or that does not exist */
  find(ctx: Context, report: ReportedPrompt): Promise<CalledPrompt>;
}

const registered = () => single<{ library?: PromptLibrary }>("gateway.prompts", () => ({}));

/** Makes prompts callable. */
export function setPromptLibrary(library: PromptLibrary): void {
  registered().library = library;
}

/** Whatever is wrong with a prompt is wrong with this field of the request. */
async function inField<T>(work: (library: PromptLibrary) => Promise<T>): Promise<T> {
  const { library } = registered();
  if (!library) {
    throw new AppError("unavailable", "The prompt library has not started yet.", { retryAfter: 1 });
  }
  try {
    return await work(library);
  } catch (cause) {
    if (!isAppError(cause) || cause.param !== undefined) throw cause;
    const { code, message, details, retryAfter } = cause;
    throw new AppError(code, message, { details, retryAfter, param: "prompt", cause });
  }
}

/** @throws AppError with `param: "prompt"` */
export function preparePrompt(ctx: Context, field: unknown): Promise<PreparedPrompt> {
  return inField((library) => library.prepare(ctx, field));
}

/** @throws AppError with `param: "prompt"` */
export function findReportedPrompt(ctx: Context, report: ReportedPrompt): Promise<CalledPrompt> {
  return inField((library) => library.find(ctx, report));
}

/** @throws AppError when a prompt that a call was made from may no longer be run by this actor. */
export function requirePromptStill({ actor }: Pick<Context, "actor">, { needs }: CalledPrompt): void {
  for (const id of needs) {
    const { allow, why } = authorize(actor, "EXECUTE", { id });
    if (allow) continue;
    const isKnown = authorize(actor, "BROWSE", { id }).allow;
    const message = `Permission revoked: ${isKnown ? why : "you may no longer use this prompt."} The answer stops here.`;
    throw new AppError("forbidden", message, { param: "prompt" });
  }
}

/** Characters that are kept of a value. */
export const longestKeptValue = 4_000;
const mostValues = 200;

/** What a call's row says of its prompt; values are cut, and left out where the workbench does not keep them. */
export function notedPrompt(prompt: CalledPrompt | undefined) {
  return {
    promptId: prompt?.id ?? null,
    promptVersion: prompt?.version ?? null,
    promptAlias: prompt?.alias ?? null,
    promptVariables: prompt && env().KEEP_PROMPT_VARIABLES === "1" ? noted(prompt.variables) : null,
  };
}

function noted(variables: PromptValues): Record<string, string> {
  const entries = Object.entries(variables).slice(0, mostValues);
  return Object.fromEntries(
    entries.map(([name, value]) => [storable(name, 64), storable(String(value), longestKeptValue)]),
  );
}
