import { readBody, withActor } from "@/lib/auth/server";
import { approvalDecision, approvalRequest } from "@/lib/registry";
import { decide, requestApproval } from "@/lib/registry/server";

type Path = { id: string; number: string };

export const POST = withActor<Path>(async (request, ctx, { id, number }) =>
  requestApproval(ctx, id, Number(number), await readBody(request, approvalRequest)),
);
export const PATCH = withActor<Path>(async (request, ctx, { id, number }) =>
  decide(ctx, id, Number(number), await readBody(request, approvalDecision)),
);
