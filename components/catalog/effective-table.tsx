"use client";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { CatalogObject, EffectiveEntry } from "@/lib/catalog";
import { PrincipalName } from "./principal-name";
import { PrivilegeBadges } from "./privilege-badges";

interface EffectiveTableProps {
  object: CatalogObject;
  entries: readonly EffectiveEntry[];
  admin: boolean;
}

type Right = EffectiveEntry["privileges"][number];

/** "through support_agents, from main" */
function wayOf({ through, at }: Right, object: CatalogObject): string {
  const holder = through.at(-1);
  const by = holder && through.length > 1 ? `through ${holder.name}` : "directly";
  if (!at) return by;
  const place = at.id === object.id ? "here" : at.kind === "metastore" ? "the workbench" : at.fullName;
  return place === "here" ? `${by}, here` : `${by}, from ${place}`;
}

/** Privileges that come the same way, together. */
function ways(rights: readonly Right[], object: CatalogObject): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const right of rights) {
    const way = wayOf(right, object);
    found.set(way, [...(found.get(way) ?? []), right.privilege]);
  }
  return [...found];
}

/** One line for each way by which somebody has rights on an object. */
export function EffectiveTable({ object, entries, admin }: EffectiveTableProps) {
  return (
    <Table label={`Effective rights on ${object.name}`}>
      <thead>
        <tr>
          <Th>Principal</Th>
          <Th>May</Th>
          <Th narrow="hide">Because it was granted</Th>
        </tr>
      </thead>
      <tbody>
        {entries.flatMap(({ principal, privileges }) =>
          ways(privileges, object).map(([way, own], index) => (
            <Tr key={`${principal.id} ${way}`}>
              <Td className="max-w-70">
                {index === 0 ? (
                  <PrincipalName principal={principal} linked={admin} />
                ) : (
                  <span className="sr-only">{principal.name}</span>
                )}
              </Td>
              <Td className="whitespace-normal!">
                <PrivilegeBadges privileges={own} />
                <span className="block text-small text-fg-subtle sm:hidden">{way}</span>
              </Td>
              <Td narrow="hide" className="text-fg-muted">
                {way}
              </Td>
            </Tr>
          )),
        )}
      </tbody>
    </Table>
  );
}
