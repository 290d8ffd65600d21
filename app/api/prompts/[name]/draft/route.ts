import { readBody, withActor } from "@/lib/auth/server";
import { contentBytes, draftSave } from "@/lib/prompts";
import { discardDraft, getDraft, saveDraft } from "@/lib/prompts/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getDraft(ctx, name));
export const PUT = withActor<Path>(async (request, ctx, { name }) =>
  saveDraft(ctx, name, await readBody(request, draftSave, contentBytes)),
);
export const DELETE = withActor<Path>((_, ctx, { name }) => discardDraft(ctx, name));
