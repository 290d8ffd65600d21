import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { objectPage, tableCreation, toUnityError } from "@/lib/unity-catalog";
import { createTable, findTables } from "@/lib/unity-catalog/server";

export const GET = withActor((request, ctx) => findTables(ctx, readQuery(request, objectPage)), toUnityError);
export const POST = withActor(
  async (request, ctx) => createTable(ctx, await readBody(request, tableCreation)),
  toUnityError,
);
