import { readBody, withActor } from "@/lib/auth/server";
import { downloadInput } from "@/lib/models";
import { findDownloads, startDownload } from "@/lib/models/server";

export const GET = withActor((_, ctx) => findDownloads(ctx));
export const POST = withActor(async (request, ctx) =>
  startDownload(ctx, await readBody(request, downloadInput)),
);
