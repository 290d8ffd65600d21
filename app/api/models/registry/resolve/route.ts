import { readQuery, withActor } from "@/lib/auth/server";
import { resolveQuery } from "@/lib/registry";
import { resolveVersion } from "@/lib/registry/server";

export const GET = withActor((request, ctx) => resolveVersion(ctx, readQuery(request, resolveQuery)));
