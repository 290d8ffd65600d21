import { withActor } from "@/lib/auth/server";
import { findAliases } from "@/lib/gateway/server";

export const GET = withActor((_, ctx) => findAliases(ctx));
