import { revocationInput } from "@/lib/auth";
import { getRevocationPreview, readBody, revokeEverything, withActor } from "@/lib/auth/server";

interface At extends Record<string, string> {
  id: string;
}

export const GET = withActor<At>(async (_request, ctx, { id }) => getRevocationPreview(ctx, id));
export const POST = withActor<At>(async (request, ctx, { id }) =>
  revokeEverything(ctx, id, await readBody(request, revocationInput)),
);
