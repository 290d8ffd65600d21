import { searchInput } from "@/lib/audit-log";
import { findSavedSearches, saveSearch } from "@/lib/audit-log/server";
import { readBody, withActor } from "@/lib/auth/server";

export const GET = withActor((_request, ctx) => findSavedSearches(ctx));
export const POST = withActor(async (request, ctx) => saveSearch(ctx, await readBody(request, searchInput)));
