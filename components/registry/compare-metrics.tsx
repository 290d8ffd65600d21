import { Table, Td, Th, Tr } from "@/components/ui/table";
import { compareMetrics, type ModelVersion } from "@/lib/registry";
import { differenceWord, metricWord } from "./words";

/** Every figure of two versions, and how far they lie apart. */
export function CompareMetrics({ a, b }: { a: ModelVersion; b: ModelVersion }) {
  const rows = compareMetrics(a, b);
  if (rows.length === 0) {
    return <p className="px-4 py-3 text-small text-fg-subtle">Nothing was measured of either.</p>;
  }
  return (
    <Table label={`Metrics of v${a.number} and v${b.number}`}>
      <thead>
        <tr>
          <Th>Metric</Th>
          <Th end>v{a.number}</Th>
          <Th end>v{b.number}</Th>
          <Th end>Difference</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, a: before, b: after, difference, isUnclear }) => (
          <Tr key={name}>
            <Td>{name}</Td>
            <Td end>{before === null ? "not measured" : metricWord(before)}</Td>
            <Td end>{after === null ? "not measured" : metricWord(after)}</Td>
            <Td end className="text-fg-muted">
              {before === null || after === null ? "cannot tell" : differenceWord(before, after)}
              {difference !== null && isUnclear && (
                <span className="block text-micro text-fg-subtle">cannot be told apart</span>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
