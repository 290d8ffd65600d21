"use client";
import { useQuery } from "@tanstack/react-query";
import { buttonClass } from "@/components/ui/button-class";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import type { AuditFilter } from "@/lib/audit-log";
import { auditCountsQuery, exportPath } from "@/lib/audit-log/client";
import { AuditChart } from "./audit-chart";
import { AuditList } from "./audit-list";
import { AuditToolbar } from "./audit-toolbar";
import { ChainLine } from "./chain-line";
import { EventDrawer } from "./event-drawer";
import { RetentionButton } from "./retention-button";
import { useAuditView } from "./use-audit-view";

/** Who did what, when, and what came of it: everybody's for administrators, one's own for others. */
export function AuditPage({ admin }: { admin: boolean }) {
  const view = useAuditView();
  const asked: AuditFilter = admin ? view.filter : { ...view.filter, mine: "1" };
  const counts = useQuery(auditCountsQuery(asked));
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col overflow-y-auto">
        <PageHead
          kind="audit"
          title="Audit"
          actions={
            <>
              {admin && <RetentionButton />}
              <a href={exportPath(asked)} download="audit.jsonl" className={buttonClass()}>
                <Icon name="download" />
                Export
              </a>
            </>
          }
        >
          {admin
            ? "Who did what, when, and what came of it. Rows are chained: a change, a gap or a cut end shows."
            : "What you did here, and what came of it. Administrators see everybody's rows."}
        </PageHead>
        {admin && <ChainLine />}
        <AuditToolbar view={view} admin={admin} />
        <AuditChart counts={counts} onNarrow={view.narrow} />
        <div className="min-w-0 flex-none">
          <AuditList asked={asked} view={view} />
        </div>
      </div>
      {view.event && <EventDrawer id={view.event} view={view} />}
    </div>
  );
}
