import { withActor } from "@/lib/auth/server";
import { getModelFile } from "@/lib/models/server";

type Params = { name: string; path: string[] };

export const GET = withActor<Params>((request, ctx, params) => getModelFile(ctx, request, params));
export const HEAD = GET;
