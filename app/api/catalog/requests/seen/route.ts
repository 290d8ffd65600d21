import { withActor } from "@/lib/auth/server";
import { seeDecisions } from "@/lib/catalog/server";

export const POST = withActor((_, ctx) => seeDecisions(ctx));
