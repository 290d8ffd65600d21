import { readQuery, withActor } from "@/lib/auth/server";
import { modelLookup } from "@/lib/registry";
import { lookUpModel } from "@/lib/registry/server";

// By a parameter: names of a connection's models hold slashes.
export const GET = withActor((request, ctx) => lookUpModel(ctx, readQuery(request, modelLookup).name));
