import { AliasChip } from "@/components/prompts/alias-chip";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { PromptDetail, VersionUsage } from "@/lib/prompts";
import { ruleOf } from "../alias-rights";
import { duration, money, wholeNumber } from "../figures";

interface VersionUsageTableProps {
  prompt: PromptDetail;
  days: number;
  rows: readonly VersionUsage[];
}

/** Calls, failures, latency, tokens and cost of each version that was called. */
export function VersionUsageTable({ prompt, days, rows }: VersionUsageTableProps) {
  return (
    <>
      <Table label={`Calls of ${prompt.name} by version in ${days} days`}>
        <thead>
          <tr>
            <Th>Version</Th>
            <Th end>Calls</Th>
            <Th end narrow="hide">
              Failed
            </Th>
            <Th end narrow="hide" title="Half of the calls were answered within this time">
              Latency, median
            </Th>
            <Th end narrow="hide" title="95 % of the calls were answered within this time">
              Latency, 95 %
            </Th>
            <Th end narrow="hide">
              Tokens in
            </Th>
            <Th end narrow="hide">
              Tokens out
            </Th>
            <Th end narrow="hide">
              Cost
            </Th>
            <Th end>Last call</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.version} prompt={prompt} row={row} />
          ))}
        </tbody>
      </Table>
      <p className="px-4 py-2.5 text-small text-fg-subtle">
        The last {days} days, by the version that each call named or that its alias meant then.
      </p>
    </>
  );
}

function Row({ prompt, row }: { prompt: PromptDetail; row: VersionUsage }) {
  const { version, calls, failed, latencyMs, inputTokens, outputTokens, cost, lastAt } = row;
  const aliases = prompt.aliases.filter((one) => one.version === version);
  return (
    <Tr>
      <Td>
        <span className="flex flex-wrap items-center gap-1.5">
          <b>v{version}</b>
          {aliases.map(({ alias }) => (
            <AliasChip key={alias} alias={alias} isProtected={ruleOf(prompt, alias) !== undefined} />
          ))}
        </span>
      </Td>
      <Td end className="font-strong">
        {wholeNumber(calls)}
      </Td>
      <Td end narrow="hide" className={failed > 0 ? "text-danger" : "text-fg-muted"}>
        {wholeNumber(failed)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {duration(latencyMs.p50)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {duration(latencyMs.p95)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {wholeNumber(inputTokens)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {wholeNumber(outputTokens)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {money(cost)}
      </Td>
      <Td end className="text-fg-muted">
        {lastAt === null ? "unknown" : <Time at={lastAt} />}
      </Td>
    </Tr>
  );
}
