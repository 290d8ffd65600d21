import { readBody, withActor } from "@/lib/auth/server";
import { metricsInput } from "@/lib/registry";
import { recordMetrics } from "@/lib/registry/server";

type Path = { id: string; number: string };

export const POST = withActor<Path>(async (request, ctx, { id, number }) =>
  recordMetrics(ctx, id, Number(number), await readBody(request, metricsInput)),
);
