import { acceptInput } from "@/lib/auth";
import { acceptInvite, readBody, withPublic } from "@/lib/auth/server";

export const POST = withPublic(async (request, origin) =>
  acceptInvite(origin, await readBody(request, acceptInput)),
);
