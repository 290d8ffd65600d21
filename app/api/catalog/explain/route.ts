import { readQuery, withActor } from "@/lib/auth/server";
import { explainQuery } from "@/lib/catalog";
import { explainAccess } from "@/lib/catalog/server";

export const GET = withActor((request, ctx) => explainAccess(ctx, readQuery(request, explainQuery)));
