import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { contentBytes, promptCreation, promptFilter } from "@/lib/prompts";
import { createPrompt, findPrompts } from "@/lib/prompts/server";

export const GET = withActor((request, ctx) => findPrompts(ctx, readQuery(request, promptFilter)));
export const POST = withActor(async (request, ctx) =>
  Response.json(await createPrompt(ctx, await readBody(request, promptCreation, contentBytes)), {
    status: 201,
  }),
);
