import { withActor } from "@/lib/auth/server";
import { findMoveRequests } from "@/lib/prompts/server";

export const GET = withActor((_, ctx) => findMoveRequests(ctx));
