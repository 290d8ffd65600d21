import type { Privilege } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import {
  type PromptContent,
  type PromptCreation,
  type PromptDetail,
  promptContent,
  promptCreation,
} from "@/lib/prompts";
import { createPrompt, startPrompts } from "@/lib/prompts/server";
import { anotherContext, grantTo, testContext } from "../support/context";

/** A text prompt's content, as a body that was read holds it. */
export const text = (words: string, more: object = {}): PromptContent =>
  promptContent.parse({ type: "text", text: words, ...more });

/** A prompt in main.default. */
export function make(
  ctx: Context,
  name: string,
  words: string | PromptContent = "Say hello.",
  more: Partial<PromptCreation> = {},
): Promise<PromptDetail> {
  const content = typeof words === "string" ? text(words) : words;
  return createPrompt(ctx, promptCreation.parse({ schema: "main.default", name, content, ...more }));
}

/** An administrator who made the library, and a member who may enter its schema and nothing more. */
export async function freshLibrary(): Promise<{ admin: Context; member: Context }> {
  const admin = await testContext({ role: "admin", name: "Mira" });
  await startPrompts();
  const member = await anotherContext({ name: "Noor" });
  return { admin, member };
}

/** Grants on one prompt. */
export const allow = ({ actor }: Context, prompt: { id: string }, ...privileges: Privilege[]) =>
  grantTo(actor.userId, prompt.id, ...privileges);
