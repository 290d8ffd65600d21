import { withActor } from "@/lib/auth/server";
import { getCard } from "@/lib/registry/server";

type Path = { id: string; number: string };

export const GET = withActor<Path>((_, ctx, { id, number }) => getCard(ctx, id, Number(number)));
