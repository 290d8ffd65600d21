import { auditFilter } from "@/lib/audit-log";
import { exportAuditEvents } from "@/lib/audit-log/server";
import { readQuery, withActor } from "@/lib/auth/server";

export const GET = withActor((request, ctx) => exportAuditEvents(ctx, readQuery(request, auditFilter)));
