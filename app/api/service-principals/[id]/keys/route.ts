import { keyInput } from "@/lib/auth";
import { createServiceKey, readBody, withActor } from "@/lib/auth/server";

export const POST = withActor<{ id: string }>(async (request, ctx, { id }) =>
  createServiceKey(ctx, id, await readBody(request, keyInput)),
);
