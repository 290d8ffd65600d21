import type { Context } from "@/lib/auth/server";
import {
  type PromptContentInput,
  type PromptDetail,
  promptContent,
  type TemplateMessage,
  versionCreation,
} from "@/lib/prompts";
import { createVersion, startPrompts } from "@/lib/prompts/server";
import { makeSchema } from "../catalog/support";
import type { Harness } from "../gateway/harness";
import { anotherContext, grantTo, testKey } from "../support/context";
import { allow, make } from "./library";
import { move } from "./versioned";

/** In a schema of its own: who may call the models is another question. */
export const name = "main.desk.triage";
export const variables = { language: "German", ticket: "No light." };

export const chatPrompt = (
  words: string,
  more: Partial<PromptContentInput> = {},
  between: TemplateMessage[] = [],
) =>
  promptContent.parse({
    type: "chat",
    messages: [{ role: "system", text: words }, ...between, { role: "user", text: "{{ticket}}" }],
    model: "up/chat",
    parameters: { temperature: 0.2, max_tokens: 40 },
    ...more,
  });

export interface Caller {
  person: Context;
  prompt: PromptDetail;
  /** With the person's key. */
  post(body: object): Promise<Response>;
  key: string;
}

/** A prompt with two versions, the first in production, and somebody who may run it. */
export async function freshCaller(gateway: Harness): Promise<Caller> {
  await gateway.reset();
  await startPrompts();
  const person = await anotherContext({ name: "Noor" });
  const key = await testKey(person);
  const { id } = await makeSchema(gateway.admin, "desk");
  await grantTo("all_users", id, "USE SCHEMA");
  const first = chatPrompt("Sort in {{language}}.");
  const prompt = await make(gateway.admin, "triage", first, { schema: "main.desk" });
  const content = chatPrompt("Sort well in {{language}}.", {}, [{ placeholder: "history" }]);
  await createVersion(gateway.admin, name, versionCreation.parse({ content, message: "Better", base: 1 }));
  await move(gateway.admin, name, "production", 1, null);
  await allow(person, prompt, "EXECUTE");
  const post = (body: object) => gateway.post("/chat/completions", body, { authorization: `Bearer ${key}` });
  return { person, prompt, post, key };
}
