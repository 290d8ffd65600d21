import { readBody, withActor } from "@/lib/auth/server";
import { draftMerge } from "@/lib/prompts";
import { mergeDraft, previewMerge } from "@/lib/prompts/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => previewMerge(ctx, name));
export const POST = withActor<Path>(async (request, ctx, { name }) =>
  Response.json(await mergeDraft(ctx, name, await readBody(request, draftMerge)), { status: 201 }),
);
