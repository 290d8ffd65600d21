import type { LoadedPrompt } from "@/lib/playground";
import {
  type FetchedPrompt,
  type PromptContentInput,
  placeholdersOf,
  promptContent,
  variablesOf,
} from "@/lib/prompts";

export const name = "main.support.triage";

/** A version of a prompt as the playground holds it. */
export function loaded(content: PromptContentInput, more: Partial<LoadedPrompt> = {}): LoadedPrompt {
  return { name, version: 3, alias: null, written: promptContent.parse(content), ...more };
}

/** The same as the library's door answers it. */
export function fetched(content: PromptContentInput, more: Partial<FetchedPrompt> = {}): FetchedPrompt {
  const written = promptContent.parse(content);
  const resolved = more.resolved ?? written;
  return {
    id: "pmt_1",
    name,
    version: 3,
    alias: null,
    aliases: [],
    message: "Begin",
    createdAt: "2026-11-21T09:11:00.000Z",
    content: written,
    resolved,
    includes: [],
    variables: variablesOf(resolved),
    placeholders: placeholdersOf(resolved),
    ...more,
  };
}

/** Sorts a ticket: a system message, one variable with a type, one with a default, stored sampling. */
export const triage: Extract<PromptContentInput, { type: "chat" }> = {
  type: "chat",
  messages: [
    { role: "system", text: "Sort tickets. Be {{tone}}." },
    { role: "user", text: "Ticket: {{ticket}}" },
  ],
  variables: [{ name: "tone", type: { type: "choice", options: ["kind", "brief"] }, default: "kind" }],
  parameters: { temperature: 0.2, max_tokens: 40 },
};
