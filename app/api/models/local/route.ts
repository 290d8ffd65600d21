import { withActor } from "@/lib/auth/server";
import { findLocalModels } from "@/lib/models/server";

export const GET = withActor((_, ctx) => findLocalModels(ctx));
