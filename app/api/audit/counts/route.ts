import { auditCountQuery } from "@/lib/audit-log";
import { countAuditEvents } from "@/lib/audit-log/server";
import { readQuery, withActor } from "@/lib/auth/server";

export const GET = withActor((request, ctx) => countAuditEvents(ctx, readQuery(request, auditCountQuery)));
