import type { Context } from "@/lib/auth/server";
import { type AliasMoved, aliasMove, type PromptDetail, versionCreation } from "@/lib/prompts";
import { createVersion, getPrompt, moveAlias } from "@/lib/prompts/server";
import { grantTo, testKey } from "../support/context";
import { allow, freshLibrary, make, text } from "./library";

/** A text prompt in main.default with as many versions: `Version 1.`, `Version 2.`, … */
export async function makeVersions(ctx: Context, name: string, count: number): Promise<PromptDetail> {
  const made = await make(ctx, name, "Version 1.");
  for (let number = 2; number <= count; number += 1) {
    const content = text(`Version ${number}.`);
    const message = `Try ${number}`;
    await createVersion(ctx, made.fullName, versionCreation.parse({ content, message, base: number - 1 }));
  }
  return getPrompt(ctx, made.fullName);
}

/** Moves an alias of the prompt from where it was seen. */
export const move = (
  ctx: Context,
  name: string,
  alias: string,
  version: number,
  from: number | null,
): Promise<AliasMoved> => moveAlias(ctx, name, alias, aliasMove.parse({ version, from }));

/** A prompt of three versions, the second in production, and a member who may fetch it with a key. */
export async function freshFetcher() {
  const { admin, member } = await freshLibrary();
  const prompt = await makeVersions(admin, "triage", 3);
  await move(admin, prompt.fullName, "production", 2, null);
  await grantTo("all_users", "cat_main", "USE CATALOG", "USE SCHEMA");
  await allow(member, prompt, "EXECUTE");
  return { admin, member, prompt, key: await testKey(member) };
}
