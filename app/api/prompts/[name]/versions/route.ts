import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { contentBytes, versionCreation, versionsBefore } from "@/lib/prompts";
import { createVersion, findVersions } from "@/lib/prompts/server";

type Path = { name: string };

export const GET = withActor<Path>((request, ctx, { name }) =>
  findVersions(ctx, name, readQuery(request, versionsBefore)),
);
export const POST = withActor<Path>(async (request, ctx, { name }) =>
  Response.json(await createVersion(ctx, name, await readBody(request, versionCreation, contentBytes)), {
    status: 201,
  }),
);
