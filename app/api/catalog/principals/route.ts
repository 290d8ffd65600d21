import { readQuery, withActor } from "@/lib/auth/server";
import { principalFilter } from "@/lib/catalog";
import { findPrincipalsLike } from "@/lib/catalog/server";

export const GET = withActor((request, ctx) => findPrincipalsLike(ctx, readQuery(request, principalFilter)));
