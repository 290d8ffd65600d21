import { setupInput } from "@/lib/auth";
import { completeSetup, getSetupState, readBody, withPublic } from "@/lib/auth/server";

export const GET = withPublic(async () => getSetupState());
export const POST = withPublic(async (request, origin) =>
  completeSetup(origin, await readBody(request, setupInput)),
);
