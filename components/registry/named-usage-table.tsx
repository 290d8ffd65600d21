import { SectionHead } from "@/components/models/section-head";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { NamedUsage } from "@/lib/gateway";

const counted = (value: number) => value.toLocaleString("en-US");

/** Calls by the names of versions that callers used, and what each name meant then. */
export function NamedUsageTable({ name, rows }: { name: string; rows: readonly NamedUsage[] }) {
  return (
    <section aria-labelledby="named-usage" className="border-t">
      <SectionHead id="named-usage" title="By alias and number" />
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-small text-fg-subtle">
          Nobody called <code>{name}@</code> with an alias or a number in 30 days.
        </p>
      ) : (
        <Table label={`Calls of ${name} by alias and number in 30 days`}>
          <thead>
            <tr>
              <Th>Called as</Th>
              <Th>Meant</Th>
              <Th narrow="hide">Answered by</Th>
              <Th end>Calls</Th>
              <Th end narrow="hide">
                Failed
              </Th>
              <Th end narrow="hide">
                People
              </Th>
              <Th end>Last call</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ calledAs, number, model, calls, failed, people, lastAt }) => (
              <Tr key={`${calledAs} ${number} ${model}`}>
                <Td className="max-sm:w-full max-sm:max-w-0 max-sm:truncate">
                  <code>{calledAs}</code>
                </Td>
                <Td className="text-fg-muted">v{number}</Td>
                <Td narrow="hide" className="text-fg-muted">
                  <code>{model}</code>
                </Td>
                <Td end className="font-strong">
                  {counted(calls)}
                </Td>
                <Td end narrow="hide" className={failed > 0 ? "text-danger" : "text-fg-muted"}>
                  {counted(failed)}
                </Td>
                <Td end narrow="hide" className="text-fg-muted">
                  {counted(people)}
                </Td>
                <Td end className="text-fg-muted">
                  <Time at={lastAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}
