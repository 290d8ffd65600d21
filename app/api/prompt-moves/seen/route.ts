import { withActor } from "@/lib/auth/server";
import { seeMoveDecisions } from "@/lib/prompts/server";

export const POST = withActor((_, ctx) => seeMoveDecisions(ctx));
