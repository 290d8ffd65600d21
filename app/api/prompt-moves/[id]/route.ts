import { readBody, withActor } from "@/lib/auth/server";
import { moveDecision } from "@/lib/prompts";
import { decideMove } from "@/lib/prompts/server";

export const PUT = withActor<{ id: string }>(async (request, ctx, { id }) =>
  decideMove(ctx, id, await readBody(request, moveDecision)),
);
