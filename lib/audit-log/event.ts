import "server-only";
import type { AuditEvent } from "./schema";
import type { EventRow } from "./store/events";

/** A row in the columns of system.access.audit. */
export function eventOf(row: EventRow): AuditEvent {
  return {
    seq: Number(row.seq),
    event_time: row.eventTime.toISOString(),
    event_id: row.eventId,
    audit_level: row.auditLevel,
    source_ip_address: row.sourceIp,
    user_agent: row.userAgent,
    session_id: row.sessionId,
    user_identity: { email: row.userIdentity, subject_id: row.userId },
    service_name: row.serviceName,
    action_name: row.actionName,
    request_id: row.requestId,
    request_params: row.requestParams,
    response: { status_code: row.statusCode, error_message: row.errorMessage },
    privilege: row.privilege,
    why: row.why,
    securable_kind: row.securableKind,
    securable_id: row.securableId,
    securable_name: row.securableName,
    mac: row.mac ? Buffer.from(row.mac).toString("hex") : null,
  };
}
