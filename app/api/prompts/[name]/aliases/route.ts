import { withActor } from "@/lib/auth/server";
import { findAliasMoves } from "@/lib/prompts/server";

export const GET = withActor<{ name: string }>((_, ctx, { name }) => findAliasMoves(ctx, name));
