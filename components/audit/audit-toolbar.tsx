"use client";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { shortTime } from "@/components/ui/time";
import { type AuditFilter, outcomes } from "@/lib/audit-log";
import { FilterInput } from "./filter-input";
import { beginningOf, type Period, periods } from "./periods";
import { SearchText } from "./search-text";
import { SearchesMenu } from "./searches-menu";
import type { AuditView } from "./use-audit-view";

/** A select has no empty values. */
const all = "all";
const chosen = "chosen";

/** What the log is narrowed to. */
export function AuditToolbar({ view, admin }: { view: AuditView; admin: boolean }) {
  const { filter, narrow } = view;
  const { from, to } = filter;
  return (
    <div className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-y px-4 py-2">
      <SearchText value={filter.text} onChange={(text) => narrow({ text })} />
      <Select
        label="Period"
        className="w-36! max-sm:min-w-25 max-sm:flex-1"
        value={from || to ? chosen : all}
        onChange={(period) =>
          narrow({ from: period === all ? undefined : beginningOf(period as Period), to: undefined })
        }
        options={[
          { value: all, label: "All times" },
          ...periods,
          ...(from || to ? [{ value: chosen, label: periodWord(filter) }] : []),
        ]}
      />
      <Select
        label="Outcome"
        className="w-32! max-sm:min-w-25 max-sm:flex-1"
        value={filter.outcome ?? all}
        onChange={(outcome) => narrow({ outcome: outcomes.find((each) => each === outcome) })}
        options={[
          { value: all, label: "All outcomes" },
          ...outcomes.map((outcome) => ({ value: outcome, label: outcome })),
        ]}
      />
      {admin && !filter.mine && (
        <FilterInput
          label="Person"
          value={filter.person}
          onChange={(person) => narrow({ person })}
          className="w-36! max-sm:min-w-25 max-sm:flex-1"
        />
      )}
      <FilterInput
        label="service.action"
        value={filter.action}
        onChange={(action) => narrow({ action })}
        className="w-36! max-sm:min-w-25 max-sm:flex-1"
      />
      <FilterInput
        label="Object"
        value={filter.object}
        onChange={(object) => narrow({ object })}
        className="w-36! max-sm:min-w-25 max-sm:flex-1"
      />
      {filter.request && (
        <span className="inline-flex items-center gap-0.5">
          <Badge tone="accent" icon="filter" mono>
            {filter.request.slice(-8)}
          </Badge>
          <IconButton
            icon="close"
            size="sm"
            label="Show other requests too"
            onClick={() => narrow({ request: undefined })}
          />
        </span>
      )}
      <span className="ml-auto max-sm:ml-0">
        <SearchesMenu view={view} />
      </span>
    </div>
  );
}

function periodWord({ from, to }: AuditFilter): string {
  const since = from && shortTime(new Date(from));
  const until = to && shortTime(new Date(to));
  if (since && until) return `${since} – ${until}`;
  return since ? `Since ${since}` : `Until ${until}`;
}
