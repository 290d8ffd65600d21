import { withActor } from "@/lib/auth/server";
import { getSystem } from "@/lib/gateway/server";

export const GET = withActor((_, ctx) => getSystem(ctx));
