import { readBody, withActor } from "@/lib/auth/server";
import { aliasRuleInput } from "@/lib/prompts";
import { removeAliasRule, saveAliasRule } from "@/lib/prompts/server";

type Path = { name: string; alias: string };

export const PUT = withActor<Path>(async (request, ctx, { name, alias }) =>
  saveAliasRule(ctx, name, alias, await readBody(request, aliasRuleInput)),
);
export const DELETE = withActor<Path>((_, ctx, { name, alias }) => removeAliasRule(ctx, name, alias));
