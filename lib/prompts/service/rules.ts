import "server-only";
import type { z } from "zod";
import { findPrincipal, type Principal } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { aliasRuleInput } from "../move-schema";
import type { PromptDetail } from "../schema";
import { removeRuleRow, saveRuleRow } from "../store/rules";
import { requireAliasName } from "./keep-move";
import { audit, requireLocked, requirePrompt } from "./own";
import { getPrompt } from "./prompts";

const mostRules = 50;

/** @throws AppError `unprocessable` naming who cannot be a mover. */
async function requireMovers(texts: readonly string[]): Promise<Principal[]> {
  const { prisma } = await db();
  const found = await Promise.all([...new Set(texts)].map((text) => findPrincipal(prisma, text)));
  const details = [...new Set(texts)].flatMap((text, index) => {
    const principal = found[index];
    if (principal?.isActive) return [];
    const message = principal
      ? `The account of ${principal.name} is switched off.`
      : `There is no person, service principal or group ${text}.`;
    return [{ path: `movers.${texts.indexOf(text)}`, message }];
  });
  if (details[0]) throw new AppError("unprocessable", details[0].message, { details });
  const movers = found.filter((principal) => principal !== null);
  return [...new Map(movers.map((mover) => [mover.id, mover])).values()];
}

/** Protects an alias, which need not exist yet, or changes how. */
export async function saveAliasRule(
  ctx: Context,
  name: string,
  text: string,
  { movers, approval }: z.output<typeof aliasRuleInput>,
): Promise<PromptDetail> {
  const prompt = await requirePrompt(ctx, name, "MANAGE");
  const alias = requireAliasName(text);
  const principals = await requireMovers(movers);
  await (await db()).write(async (tx) => {
    const { rules } = await requireLocked(tx, prompt.id);
    if (rules.length >= mostRules && !rules.some((rule) => rule.alias === alias)) {
      throw new AppError("conflict", `${prompt.fullName} has ${mostRules} protected aliases already.`);
    }
    const moverIds = principals.map(({ id }) => id);
    const setById = ctx.actor.userId;
    await saveRuleRow(tx, { promptId: prompt.id, alias, moverIds, approval, setById });
    await audit(tx, ctx, "setAliasRule", prompt, {
      alias,
      movers: principals.map(({ handle }) => handle),
      approval,
    });
  });
  return getPrompt(ctx, name);
}

/** Leaves an alias to whoever may manage the prompt. @throws AppError `not_found` */
export async function removeAliasRule(ctx: Context, name: string, text: string): Promise<PromptDetail> {
  const prompt = await requirePrompt(ctx, name, "MANAGE");
  const alias = requireAliasName(text);
  await (await db()).write(async (tx) => {
    await requireLocked(tx, prompt.id);
    if (!(await removeRuleRow(tx, prompt.id, alias))) {
      throw new AppError("not_found", `${alias} of ${prompt.fullName} is not protected.`);
    }
    await audit(tx, ctx, "removeAliasRule", prompt, { alias });
  });
  return getPrompt(ctx, name);
}
