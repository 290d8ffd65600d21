import { readBody, withActor } from "@/lib/auth/server";
import { repositoryQuery } from "@/lib/models";
import { checkRepository } from "@/lib/models/server";

// A POST, because it makes this server ask another one.
export const POST = withActor(async (request, ctx) =>
  checkRepository(ctx, await readBody(request, repositoryQuery)),
);
