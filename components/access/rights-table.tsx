"use client";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { EffectiveEntry, EffectivePage } from "@/lib/catalog";
import { FullName } from "./full-name";
import { explainPath } from "./paths";
import { PrincipalName } from "./principal-name";

interface RightsTableProps {
  label: string;
  page: EffectivePage;
  /** What the rows are. */
  of: "object" | "principal";
  isFirst: boolean;
  onCursor: (cursor: string | undefined) => void;
}

/** Rights row by row, each privilege with where it comes from. */
export function RightsTable({ label, page, of, isFirst, onCursor }: RightsTableProps) {
  const { next } = page;
  return (
    <>
      <Table label={label}>
        <thead>
          <tr>
            <Th>{of === "object" ? "Object" : "Who"}</Th>
            <Th>Privileges</Th>
            <Th narrow="hide" className="min-w-45">
              Through
            </Th>
          </tr>
        </thead>
        <tbody>
          {page.entries.map((entry) => (
            <Tr key={`${entry.principal.id} ${entry.object.id}`} className="align-top">
              <Td className="max-w-90 overflow-hidden py-1.5 max-sm:max-w-40">
                {of === "object" ? (
                  <FullName object={entry.object} />
                ) : (
                  <PrincipalName principal={entry.principal} />
                )}
              </Td>
              <Td className="py-1.5 whitespace-normal!">
                <span className="flex flex-wrap gap-1">
                  {entry.privileges.map(({ privilege }) => (
                    <Link
                      key={privilege}
                      href={explainPath({
                        principal: entry.principal.handle,
                        privilege,
                        object: entry.object.fullName,
                        kind: entry.object.kind,
                      })}
                      title={`Explain ${privilege}`}
                      className="rounded-1"
                    >
                      <Badge mono className="hover:text-fg">
                        {privilege}
                      </Badge>
                    </Link>
                  ))}
                </span>
              </Td>
              <Td narrow="hide" className="py-1.5 text-small text-fg-muted whitespace-normal!">
                {sourcesOf(entry).map((source) => (
                  <span key={source} className="block">
                    {source}
                  </span>
                ))}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {(next || !isFirst) && (
        <div className="flex gap-2 px-4 py-3">
          {!isFirst && <Button onClick={() => onCursor(undefined)}>Back to the start</Button>}
          {next && <Button onClick={() => onCursor(next)}>Show the next ones</Button>}
        </div>
      )}
    </>
  );
}

/** "agents on main.support", each once. */
function sourcesOf({ privileges, principal, object }: EffectiveEntry): string[] {
  const words = privileges.map(({ through, at }) => {
    const groups = through.filter(({ id }) => id !== principal.id).map(({ name }) => name);
    const way = groups.length === 0 ? "directly" : groups.join(", in ");
    return at && at.id !== object.id ? `${way}, on ${at.fullName}` : way;
  });
  return [...new Set(words)];
}
