import { withActor } from "@/lib/auth/server";
import { findDroppedObjects } from "@/lib/catalog/server";

export const GET = withActor((_, ctx) => findDroppedObjects(ctx));
