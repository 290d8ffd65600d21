import { readQuery, withActor } from "@/lib/auth/server";
import { readingQuery } from "@/lib/catalog";
import { explainReading } from "@/lib/catalog/server";

export const GET = withActor<{ id: string }>((request, ctx, { id }) =>
  explainReading(ctx, id, readQuery(request, readingQuery)),
);
