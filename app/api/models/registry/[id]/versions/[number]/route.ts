import { readBody, withActor } from "@/lib/auth/server";
import { versionPatch } from "@/lib/registry";
import { updateVersion } from "@/lib/registry/server";

type Path = { id: string; number: string };

export const PATCH = withActor<Path>(async (request, ctx, { id, number }) =>
  updateVersion(ctx, id, Number(number), await readBody(request, versionPatch)),
);
