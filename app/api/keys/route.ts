import { keyInput } from "@/lib/auth";
import { createKey, findKeys, readBody, withActor } from "@/lib/auth/server";

export const GET = withActor(async (_request, ctx) => findKeys(ctx));
export const POST = withActor(async (request, ctx) => createKey(ctx, await readBody(request, keyInput)));
