import { readBody, withActor } from "@/lib/auth/server";
import { renderBytes, renderRequest } from "@/lib/prompts";
import { renderPrompt } from "@/lib/prompts/server";

type Path = { name: string };

export const POST = withActor<Path>(async (request, ctx, { name }) =>
  renderPrompt(ctx, name, await readBody(request, renderRequest, renderBytes)),
);
