"use client";
import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { EngineBadge } from "@/components/ui/engine-badge";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ModelUsage } from "@/lib/gateway";
import type { RegisteredModel } from "@/lib/registry";
import { usageQuery } from "@/lib/registry/client";
import { NamedUsageTable } from "./named-usage-table";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const counted = (value: number | undefined) => (value === undefined ? "unknown" : whole.format(value));
const measured = (ms: number | undefined) => (ms === undefined ? "not measured" : `${whole.format(ms)} ms`);

/** How often the versions were called in 30 days, and how fast they answered, from the recorded calls. */
export function UsageTab({ model }: { model: RegisteredModel }) {
  const usage = useQuery(usageQuery(model.id));
  if (usage.isPending) return <RowsSkeleton rows={3} />;
  if (usage.isError) {
    return (
      <ErrorState title="Usage could not be read" error={usage.error} onRetry={() => void usage.refetch()} />
    );
  }
  const { served, named } = usage.data;
  if (served.length === 0 && named.length === 0) {
    return (
      <EmptyState
        kind="trace"
        title="Not called in 30 days"
        action={<ButtonLink href="/playground">Open playground</ButtonLink>}
      >
        Calls over the API and in the playground are counted here, without their texts.
      </EmptyState>
    );
  }
  return (
    <>
      <Table label={`Calls of ${model.name} in 30 days`}>
        <thead>
          <tr>
            <Th>Served as</Th>
            <Th>Where</Th>
            <Th end>Calls</Th>
            <Th end narrow="hide">
              Failed
            </Th>
            <Th end narrow="hide">
              People
            </Th>
            <Th end narrow="hide">
              Tokens in
            </Th>
            <Th end narrow="hide">
              Tokens out
            </Th>
            <Th end narrow="hide" title="Median">
              First token
            </Th>
            <Th end narrow="hide" title="Median">
              Whole answer
            </Th>
            <Th end>Last call</Th>
          </tr>
        </thead>
        <tbody>
          {served.map((row) => (
            <UsageRow key={`${row.engine}:${row.model}`} row={row} versions={model.versions} />
          ))}
        </tbody>
      </Table>
      <p className="px-4 py-2.5 text-small text-fg-subtle">
        The last 30 days, by the name under which a version is served, however it was called. Versions that
        had one name are not kept apart. Browsers report their own calls.
      </p>
      <NamedUsageTable name={model.name} rows={named} />
    </>
  );
}

function UsageRow({ row, versions }: { row: ModelUsage; versions: RegisteredModel["versions"] }) {
  const numbers = versions.filter(({ servedAs }) => servedAs === row.model).map(({ number }) => `v${number}`);
  return (
    <Tr>
      <Td className="max-sm:w-full max-sm:max-w-0 max-sm:truncate">
        <code>{row.model}</code> <span className="text-fg-subtle">{numbers.join(", ")}</span>
      </Td>
      <Td>
        <EngineBadge kind={row.engine} />
      </Td>
      <Td end className="font-strong">
        {counted(row.calls)}
      </Td>
      <Td end narrow="hide" className={row.failed > 0 ? "text-danger" : "text-fg-muted"}>
        {counted(row.failed)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {counted(row.people)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {counted(row.inputTokens)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {counted(row.outputTokens)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {measured(row.firstTokenMs)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {measured(row.durationMs)}
      </Td>
      <Td end className="text-fg-muted">
        <Time at={row.lastAt} />
      </Td>
    </Tr>
  );
}
