"use client";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { TabProps } from "./tab-props";
import { VersionBar } from "./version-bar";
import { metricWord } from "./words";

/** What was measured of a version, by whom, and how sure it is. */
export function MetricsTab(props: TabProps) {
  const { metrics, number } = props.version;
  const add = props.model.may.manage && (
    <Button icon="plus" onClick={() => props.open({ kind: "record-metric", version: number })}>
      Record a figure
    </Button>
  );
  return (
    <>
      <VersionBar {...props}>{metrics.length > 0 && add}</VersionBar>
      {metrics.length === 0 ? (
        <EmptyState kind="evaluation" title="Nothing was measured" action={add}>
          Figures come with a model’s card, by hand, or over the API from whatever evaluates it.
        </EmptyState>
      ) : (
        <Table label={`Metrics of v${number}`}>
          <thead>
            <tr>
              <Th>Metric</Th>
              <Th end>Value</Th>
              <Th end narrow="hide">
                95 % interval
              </Th>
              <Th end narrow="hide">
                Rows
              </Th>
              <Th narrow="hide">Source</Th>
              <Th end>Recorded</Th>
            </tr>
          </thead>
          <tbody>
            {metrics.map(({ name, value, low, high, count, source, by, at }) => (
              <Tr key={name}>
                <Td>
                  {name}
                  <span className="block text-small text-fg-subtle sm:hidden">{source}</span>
                </Td>
                <Td end className="font-strong">
                  {metricWord(value)}
                </Td>
                <Td end narrow="hide" className="text-fg-muted">
                  {low === undefined || high === undefined
                    ? "not measured"
                    : `${metricWord(low)} to ${metricWord(high)}`}
                </Td>
                <Td end narrow="hide" className="text-fg-muted">
                  {count?.toLocaleString("en-US") ?? "unknown"}
                </Td>
                <Td narrow="hide" className="text-fg-muted">
                  {source}
                  {by && `, ${by.name}`}
                </Td>
                <Td end className="text-fg-muted">
                  <Time at={at} day />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}
