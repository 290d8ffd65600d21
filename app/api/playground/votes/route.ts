import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { voteFilter, voteInput } from "@/lib/playground";
import { createVote, findVotes } from "@/lib/playground/server";

export const GET = withActor((request, ctx) => findVotes(ctx, readQuery(request, voteFilter)));
export const POST = withActor(async (request, ctx) =>
  Response.json(await createVote(ctx, await readBody(request, voteInput)), { status: 201 }),
);
