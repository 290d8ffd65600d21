import "server-only";
import { knownPolicy, nodeByName } from "@/lib/access/server";
import { AppError, zodDetails } from "@/lib/core";
import type { PromptLibrary } from "@/lib/gateway/server";
import { type FetchedPrompt, type PromptReference, promptReference } from "../schema";
import { fetchPrompt, renderFetched } from "./fetch";

/** @throws AppError `invalid` naming what of the field is wrong */
function readReference(field: unknown): PromptReference {
  const parsed = promptReference.safeParse(field);
  if (parsed.success) return parsed.data;
  const [first] = zodDetails(parsed.error);
  const param = first?.path ? `prompt.${first.path}` : "prompt";
  throw new AppError("invalid", `${param}: ${first?.message ?? "Not understood."}`, { param });
}

/** The prompt and what stands in it, by their ids. */
function needsOf({ id, includes }: FetchedPrompt): string[] {
  const policy = knownPolicy();
  const included = includes.flatMap(({ fullName }) => nodeByName(policy, fullName, "prompt")?.id ?? []);
  return [...new Set([id, ...included])];
}

/** Lets calls name prompts. */
export const calledPrompts: PromptLibrary = {
  async prepare(ctx, field) {
    const { name, alias, version, variables, placeholders } = readReference(field);
    const fetched = await fetchPrompt(ctx, name, { alias, version });
    const { messages, model, parameters, responseFormat } = renderFetched(fetched, {
      variables,
      placeholders,
    });
    return {
      id: fetched.id,
      fullName: fetched.name,
      version: fetched.version,
      alias: fetched.alias,
      variables,
      needs: needsOf(fetched),
      messages,
      model,
      parameters,
      responseFormat,
    };
  },

  async find(ctx, { name, version, alias, variables }) {
    const fetched = await fetchPrompt(ctx, name, { version });
    return { id: fetched.id, fullName: fetched.name, version, alias, variables, needs: needsOf(fetched) };
  },
};
