"use client";
import Link from "next/link";
import { RowCheckbox } from "@/components/people/row-checkbox";
import { Icon } from "@/components/ui/icon";
import { KindIcon } from "@/components/ui/kind-icon";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { kindNoun } from "@/lib/access";
import type { TreeEntry } from "@/lib/catalog";
import { catalogPath } from "./paths";
import { iconOf } from "./words";

interface ContentsTableProps {
  label: string;
  entries: readonly TreeEntry[];
  chosen: ReadonlySet<string>;
  /** Absent for whoever may not grant here. */
  onChoose?: (chosen: ReadonlySet<string>) => void;
}

/** Objects by name, kind and comment. */
export function ContentsTable({ label, entries, chosen, onChoose }: ContentsTableProps) {
  const choose = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    onChoose?.(next);
  };
  const all = entries.map(({ id }) => id);
  return (
    <Table label={label}>
      <thead>
        <tr>
          {onChoose && (
            <Th className="w-0 pr-0">
              <RowCheckbox
                label="Choose all"
                checked={all.every((id) => chosen.has(id))}
                onChange={(on) => choose(all, on)}
              />
            </Th>
          )}
          <Th>Name</Th>
          <Th narrow="hide">Kind</Th>
          <Th end>Holds</Th>
          <Th narrow="hide" className="w-full">
            Comment
          </Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Tr key={entry.id} selected={chosen.has(entry.id)}>
            {onChoose && (
              <Td className="w-0 pr-0">
                <RowCheckbox
                  label={`Choose ${entry.name}`}
                  checked={chosen.has(entry.id)}
                  onChange={(on) => choose([entry.id], on)}
                />
              </Td>
            )}
            <Td className="max-w-90 max-sm:w-full max-sm:max-w-0">
              <span className="flex min-w-0 items-center gap-2">
                <KindIcon kind={iconOf(entry.kind)} />
                <Link href={catalogPath(entry)} className="truncate font-strong hover:text-accent">
                  {entry.name}
                </Link>
                {entry.isBrowseOnly && (
                  <span className="flex flex-none items-center gap-1 text-micro text-fg-subtle">
                    <Icon name="lock" size={12} /> by name only
                  </span>
                )}
              </span>
            </Td>
            <Td narrow="hide" className="text-fg-muted">
              {kindNoun(entry.kind)}
            </Td>
            <Td end className="text-fg-muted">
              {entry.children?.toLocaleString("en-US") ?? ""}
            </Td>
            <Td narrow="hide" className="max-w-0 truncate text-fg-muted" title={entry.comment}>
              {entry.comment}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
