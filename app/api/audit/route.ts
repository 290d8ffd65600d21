import { auditPageQuery } from "@/lib/audit-log";
import { findAuditEvents } from "@/lib/audit-log/server";
import { readQuery, withActor } from "@/lib/auth/server";

export const GET = withActor((request, ctx) => findAuditEvents(ctx, readQuery(request, auditPageQuery)));
