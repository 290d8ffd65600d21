import { readQuery, withActor } from "@/lib/auth/server";
import { lookup } from "@/lib/catalog";
import { getObjectByName } from "@/lib/catalog/server";

// By a parameter: names of models hold slashes.
export const GET = withActor((request, ctx) => getObjectByName(ctx, readQuery(request, lookup)));
