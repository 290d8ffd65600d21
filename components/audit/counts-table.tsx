import { Table, Td, Th, Tr } from "@/components/ui/table";
import { shortTime } from "@/components/ui/time";
import type { AuditBucket } from "@/lib/audit-log";
import { totalOf } from "./tiles";
import { figure } from "./words";

interface CountsTableProps {
  buckets: readonly AuditBucket[];
  onNarrow: (period: { from: string; to: string }) => void;
}

/** The chart's figures; spans without rows are left out. */
export function CountsTable({ buckets, onNarrow }: CountsTableProps) {
  return (
    <div className="mt-1 max-h-64 overflow-y-auto border-b">
      <Table label="Rows over time">
        <thead>
          <tr>
            <Th>From</Th>
            <Th narrow="hide">To</Th>
            <Th end>Allowed</Th>
            <Th end>Refused</Th>
            <Th end>Failed</Th>
          </tr>
        </thead>
        <tbody>
          {buckets
            .filter((bucket) => totalOf(bucket) > 0)
            .map(({ from, to, allowed, refused, failed }) => (
              <Tr key={from}>
                <Td>
                  <button type="button" className="text-accent" onClick={() => onNarrow({ from, to })}>
                    {shortTime(new Date(from))}
                  </button>
                </Td>
                <Td narrow="hide" className="text-fg-muted">
                  {shortTime(new Date(to))}
                </Td>
                <Td end>{figure(allowed)}</Td>
                <Td end>{figure(refused)}</Td>
                <Td end>{figure(failed)}</Td>
              </Tr>
            ))}
        </tbody>
      </Table>
    </div>
  );
}
