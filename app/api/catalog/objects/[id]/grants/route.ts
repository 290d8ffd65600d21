import { withActor } from "@/lib/auth/server";
import { getGrants } from "@/lib/catalog/server";

export const GET = withActor<{ id: string }>((_, ctx, { id }) => getGrants(ctx, id));
