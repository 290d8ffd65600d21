import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import type { AuditEvent, AuditFilter } from "@/lib/audit-log";
import { OutcomeBadge } from "./outcome-badge";
import { actionName } from "./words";

interface EventDetailsProps {
  event: AuditEvent;
  onNarrow: (filter: AuditFilter) => void;
}

/** Every column of a row, and the ways to rows beside it. */
export function EventDetails({ event, onNarrow }: EventDetailsProps) {
  const { response, user_identity, privilege, why, securable_kind, securable_id, securable_name } = event;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-3.5 py-3">
      <p className="flex flex-wrap items-center gap-2">
        <code className="font-strong break-all">{actionName(event)}</code>
        <OutcomeBadge status={response.status_code} />
      </p>
      <div className="flex flex-wrap gap-1.5">
        <Button size="sm" icon="filter" onClick={() => onNarrow({ request: event.request_id })}>
          Same request
        </Button>
        <Button size="sm" icon="filter" onClick={() => onNarrow({ person: user_identity.email })}>
          Same person
        </Button>
        {securable_name && (
          <Button size="sm" icon="filter" onClick={() => onNarrow({ object: securable_name })}>
            Same object
          </Button>
        )}
      </div>
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <Fact name="event_time">{event.event_time}</Fact>
        <Fact name="event_id">{event.event_id}</Fact>
        <Fact name="audit_level">{event.audit_level}</Fact>
        <Fact name="user_identity">{user_identity.email}</Fact>
        <Fact name="subject_id">{user_identity.subject_id}</Fact>
        <Fact name="session_id">{event.session_id}</Fact>
        <Fact name="source_ip_address">{event.source_ip_address}</Fact>
        <Fact name="user_agent">{event.user_agent}</Fact>
        <Fact name="request_id">{event.request_id}</Fact>
        <Fact name="securable">
          {[securable_kind, securable_name ?? securable_id].filter(Boolean).join(" ")}
        </Fact>
        <Fact name="privilege">{privilege && <Badge mono>{privilege}</Badge>}</Fact>
        <Fact name="why">{why}</Fact>
        <Fact name="status_code">{response.status_code}</Fact>
        <Fact name="error_message">{response.error_message}</Fact>
        <Fact name="mac">{event.mac}</Fact>
      </dl>
      <div className="grid gap-1">
        <p className="text-micro text-fg-subtle">request_params</p>
        <CodeBlock code={JSON.stringify(event.request_params, null, 2)} label="request_params" wrap />
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-micro text-fg-subtle">{name}</dt>
      <dd className="font-mono text-small break-words">
        {children || <span className="text-fg-subtle">none</span>}
      </dd>
    </div>
  );
}
