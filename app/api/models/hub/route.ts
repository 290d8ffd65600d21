import { readBody, withActor } from "@/lib/auth/server";
import { hubPatch } from "@/lib/models";
import { getHub, updateHub } from "@/lib/models/server";

export const GET = withActor((_, ctx) => getHub(ctx));
export const PATCH = withActor(async (request, ctx) => updateHub(ctx, await readBody(request, hubPatch)));
