import { AliasChip } from "@/components/prompts/alias-chip";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { VersionFeedback } from "@/lib/playground";
import type { PromptDetail, VersionUsage } from "@/lib/prompts";
import { ruleOf } from "../alias-rights";
import { duration, money, wholeNumber } from "../figures";
import { feedbackWords } from "./feedback-words";
import { versionRows } from "./version-rows";

interface VersionUsageTableProps {
  prompt: PromptDetail;
  days: number;
  rows: readonly VersionUsage[];
  /** Null when it could not be read. */
  feedback: readonly VersionFeedback[] | null;
}

/** Calls, failures, latency, tokens, cost and votes of each version that was called or voted on. */
export function VersionUsageTable({ prompt, days, rows, feedback }: VersionUsageTableProps) {
  return (
    <>
      <Table label={`Calls of ${prompt.name} by version in ${days} days`}>
        <thead>
          <tr>
            <Th>Version</Th>
            <Th end>Calls</Th>
            <Th end title="How often applications fetched it to call a model themselves">
              Fetches
            </Th>
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
            <Th narrow="hide">Feedback</Th>
            <Th end>Last use</Th>
          </tr>
        </thead>
        <tbody>
          {versionRows(rows, feedback ?? []).map((row) => (
            <Row key={row.version} prompt={prompt} row={row}>
              {feedback ? feedbackWords(feedback.find(({ version }) => version === row.version)) : "not read"}
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="px-4 py-2.5 text-small text-fg-subtle">
        Calls through this workbench and fetches by applications with a key in the last {days} days, by the
        version that each named or that its alias meant then. Feedback is everybody’s blind votes in the
        playground, on answers that a version asked for beside those of something else.
      </p>
    </>
  );
}

interface RowProps {
  prompt: PromptDetail;
  row: VersionUsage;
  /** Its feedback in words. */
  children: string;
}

function Row({ prompt, row, children }: RowProps) {
  const { version, calls, failed, latencyMs, inputTokens, outputTokens, cost, fetches } = row;
  const usedAt = [row.lastAt, row.fetchedAt]
    .filter((at) => at !== null)
    .sort()
    .at(-1);
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
      <Td end className={fetches > 0 ? "font-strong" : "text-fg-muted"}>
        {wholeNumber(fetches)}
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
      <Td narrow="hide" className="text-fg-muted">
        {children}
      </Td>
      <Td end className="text-fg-muted">
        {usedAt !== undefined ? <Time at={usedAt} /> : calls === 0 ? "not called" : "unknown"}
      </Td>
    </Tr>
  );
}
