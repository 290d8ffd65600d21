import { readQuery, withActor } from "@/lib/auth/server";
import { allPrivilegesQuery } from "@/lib/catalog";
import { explainAllPrivileges } from "@/lib/catalog/server";

export const GET = withActor((request, ctx) =>
  explainAllPrivileges(ctx, readQuery(request, allPrivilegesQuery)),
);
