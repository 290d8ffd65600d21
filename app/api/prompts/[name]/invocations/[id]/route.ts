import { withActor } from "@/lib/auth/server";
import { getInvocation } from "@/lib/prompts/server";

type Path = { name: string; id: string };

export const GET = withActor<Path>(async (_, ctx, { name, id }) =>
  Response.json(await getInvocation(ctx, name, id), { headers: { "cache-control": "no-store" } }),
);
