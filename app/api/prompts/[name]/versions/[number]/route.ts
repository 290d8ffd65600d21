import { withActor } from "@/lib/auth/server";
import { getVersion } from "@/lib/prompts/server";

type Path = { name: string; number: string };

export const GET = withActor<Path>((_, ctx, { name, number }) => getVersion(ctx, name, Number(number)));
