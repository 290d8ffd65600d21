import { withActor } from "@/lib/auth/server";
import { findModels } from "@/lib/gateway/server";

export const GET = withActor((_, ctx) => findModels(ctx));
