import { findKeysOf, withActor } from "@/lib/auth/server";

export const GET = withActor<{ id: string }>(async (_request, ctx, { id }) => findKeysOf(ctx, id));
