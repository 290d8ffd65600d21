import { withActor } from "@/lib/auth/server";
import { findAliasMoves } from "@/lib/registry/server";

export const GET = withActor<{ id: string }>((_, ctx, { id }) => findAliasMoves(ctx, id));
