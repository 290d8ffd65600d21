import { withActor } from "@/lib/auth/server";
import { getPrompt } from "@/lib/prompts/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getPrompt(ctx, name));
