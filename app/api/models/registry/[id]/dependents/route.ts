import { withActor } from "@/lib/auth/server";
import { findDependents } from "@/lib/registry/server";

export const GET = withActor<{ id: string }>((_, ctx, { id }) => findDependents(ctx, id));
