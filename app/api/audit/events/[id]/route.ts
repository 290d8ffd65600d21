import { getAuditEvent } from "@/lib/audit-log/server";
import { withActor } from "@/lib/auth/server";

export const GET = withActor<{ id: string }>((_request, ctx, { id }) => getAuditEvent(ctx, id));
