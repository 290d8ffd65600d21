import { withActor } from "@/lib/auth/server";
import { getUsage } from "@/lib/registry/server";

export const GET = withActor<{ id: string }>((_, ctx, { id }) => getUsage(ctx, id));
