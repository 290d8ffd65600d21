import "server-only";
import { authorize, currentPolicy, nodeByName, type Policy } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import { defaultAlias, type VersionChoice } from "../alias";
import { type PromptContent, placeholdersOf } from "../content";
import type { FetchedPrompt, RenderedPrompt, RenderRequest } from "../schema";
import type { VersionRow } from "../store/versions";
import { compose } from "../template/compose";
import { render } from "../template/render";
import { variablesOf } from "../template/variables";
import { chosenNumber } from "./choice";
import { noteFetch } from "./fetches";
import { memoryAt, sizeOf, standingOf, versionOf } from "./memory";
import { noPrompt, requireRight } from "./own";

type Load = Parameters<typeof compose>[1];
type Memory = Awaited<ReturnType<typeof memoryAt>>;

/** @throws AppError `not_found` for an alias or a version that does not exist */
async function choose(
  memory: Memory,
  prompt: { id: string; fullName: string },
  choice: VersionChoice,
): Promise<{ row: VersionRow; alias: string | null; aliases: string[] }> {
  const standing = await standingOf(memory, prompt.id);
  if (!standing) throw noPrompt();
  const { number, alias } = chosenNumber(prompt.fullName, standing, choice);
  const row = await versionOf(memory, prompt.id, number);
  if (!row) throw new AppError("not_found", `${prompt.fullName} has no version ${number}.`);
  const aliases = standing.aliases.filter(({ version }) => version === number).map((each) => each.alias);
  return { row, alias, aliases };
}

/** In the same words for what is not there and for what the caller may not know of. */
const notIncluded = (fullName: string) =>
  new AppError("not_found", `It includes ${fullName}, which does not exist, or which you may not see.`);

/** Reads what stands in a prompt with the caller's own rights, and notes what that was. */
function loaderFor(ctx: Context, policy: Policy, memory: Memory, includedIds: Set<string>): Load {
  return async ({ fullName, alias, version }) => {
    const node = nodeByName(policy, fullName, "prompt");
    if (!node || !authorize(ctx.actor, "BROWSE", { id: node.id }).allow) throw notIncluded(fullName);
    const prompt = requireRight(ctx, node, "EXECUTE");
    const choice = version === null ? { alias: alias ?? defaultAlias } : { version };
    const { row } = await choose(memory, prompt, choice);
    includedIds.add(prompt.id);
    return { fullName: prompt.fullName, version: row.number, content: row.content };
  };
}

/** Of what is written the author is told as of any other mistake in it. */
function asMistake(error: unknown): unknown {
  if (!isAppError(error) || (error.code !== "not_found" && error.code !== "forbidden")) return error;
  const { message } = error;
  return new AppError("unprocessable", message, { cause: error, details: [{ path: "content", message }] });
}

/** The resolved form of something that is not saved yet. @throws AppError `unprocessable`, also for what it includes and the caller may not fetch */
export async function resolveContent(
  ctx: Context,
  content: PromptContent,
  at: { fullName: string; version: number },
): ReturnType<typeof compose> {
  const policy = await currentPolicy();
  const memory = await memoryAt(policy);
  try {
    return await compose(content, loaderFor(ctx, policy, memory, new Set()), at);
  } catch (error) {
    throw asMistake(error);
  }
}

function requireAll(ctx: Context, policy: Policy, ids: readonly string[]): void {
  for (const id of ids) requireRight(ctx, policy.node(id), "EXECUTE");
}

/**
 * A version with everything that it refers to in its place. What was resolved is remembered until rights or prompts
 * change, and is then the same object; every caller's rights are asked each time, also for what stands in it.
 * @throws AppError `not_found`, `forbidden`, `invalid` for an alias and a version together, `unprocessable` for a cycle
 */
export async function fetchPrompt(
  ctx: Context,
  fullName: string,
  choice: VersionChoice,
): Promise<FetchedPrompt> {
  const policy = await currentPolicy();
  const prompt = requireRight(ctx, nodeByName(policy, fullName, "prompt"), "EXECUTE");
  if (choice.alias !== undefined && choice.version !== undefined) {
    throw new AppError("invalid", "Name an alias or a version, not both.");
  }
  const memory = await memoryAt(policy);
  const key = `${prompt.id} ${choice.version ?? `@${choice.alias ?? defaultAlias}`}`;
  const known = memory.resolved.get(key);
  if (known) {
    requireAll(ctx, policy, known.includedIds);
    return known.fetched;
  }
  const { row, alias, aliases } = await choose(memory, prompt, choice);
  const includedIds = new Set<string>();
  const at = { fullName: prompt.fullName, version: row.number };
  const composed = await compose(row.content, loaderFor(ctx, policy, memory, includedIds), at);
  const resolved = composed.includes.length === 0 ? row.content : composed.resolved;
  const fetched: FetchedPrompt = {
    id: prompt.id,
    name: prompt.fullName,
    version: row.number,
    alias,
    aliases,
    message: row.message,
    createdAt: row.createdAt.toISOString(),
    content: row.content,
    resolved,
    includes: composed.includes,
    variables: variablesOf(resolved),
    placeholders: placeholdersOf(resolved),
  };
  memory.resolved.set(
    key,
    { fetched, includedIds: [...includedIds] },
    sizeOf(row.content) + sizeOf(resolved),
  );
  return fetched;
}

/** A fetched prompt with its values filled in. @throws AppError `invalid` naming what is missing, `unprocessable` for wrong types */
export function renderFetched(
  fetched: FetchedPrompt,
  { variables = {}, placeholders = {} }: Pick<RenderRequest, "variables" | "placeholders">,
): RenderedPrompt {
  const { name, version, alias, resolved } = fetched;
  const { messages, text } = render(resolved, variables, placeholders);
  const { model, parameters, responseFormat } = resolved;
  return { name, version, alias, messages, text, model, parameters, responseFormat };
}

/** Fetches and fills in. @throws AppError as `fetchPrompt` and `renderFetched` */
export async function renderPrompt(
  ctx: Context,
  fullName: string,
  { alias, version, ...values }: RenderRequest,
): Promise<RenderedPrompt> {
  const choice = { ...(alias === undefined ? {} : { alias }), ...(version === undefined ? {} : { version }) };
  const fetched = await fetchPrompt(ctx, fullName, choice);
  const rendered = renderFetched(fetched, values);
  noteFetch(ctx, fetched);
  return rendered;
}
