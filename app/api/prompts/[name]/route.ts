import { withActor } from "@/lib/auth/server";
import { fetchPrompt, readChoice } from "@/lib/prompts/server";

export const GET = withActor<{ name: string }>((request, ctx, { name }) =>
  fetchPrompt(ctx, name, readChoice(Object.fromEntries(new URL(request.url).searchParams))),
);
