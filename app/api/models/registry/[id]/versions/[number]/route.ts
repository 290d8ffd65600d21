import { readBody, withActor } from "@/lib/auth/server";
import { deletion, versionPatch } from "@/lib/registry";
import { deleteVersion, updateVersion } from "@/lib/registry/server";

type Path = { id: string; number: string };

export const PATCH = withActor<Path>(async (request, ctx, { id, number }) =>
  updateVersion(ctx, id, Number(number), await readBody(request, versionPatch)),
);
export const DELETE = withActor<Path>(async (request, ctx, { id, number }) =>
  deleteVersion(ctx, id, Number(number), await readBody(request, deletion)),
);
