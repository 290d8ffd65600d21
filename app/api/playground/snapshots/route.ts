import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { bounds, snapshotCreation, snapshotFilter } from "@/lib/playground";
import { createSnapshot, findSnapshots } from "@/lib/playground/server";

export const GET = withActor((request, ctx) => findSnapshots(ctx, readQuery(request, snapshotFilter)));
export const POST = withActor(async (request, ctx) =>
  Response.json(await createSnapshot(ctx, await readBody(request, snapshotCreation, bounds.document)), {
    status: 201,
  }),
);
