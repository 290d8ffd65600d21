"use client";
import { IconButton } from "@/components/ui/icon-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TagBadge } from "@/components/ui/tag-badge";
import { type CatalogObject, columnsOf } from "@/lib/catalog";
import type { ObjectDialog } from "./use-object-dialog";

interface ColumnsTableProps {
  object: CatalogObject;
  open: (dialog: ObjectDialog) => void;
}

/** Columns with types and tags, by which policies find them. */
export function ColumnsTable({ object, open }: ColumnsTableProps) {
  const columns = columnsOf(object.details) ?? [];
  if (columns.length === 0) return null;
  return (
    <div className="border-t">
      <Table label={`Columns of ${object.name}`}>
        <thead>
          <tr>
            <Th>Column</Th>
            <Th>Type</Th>
            <Th>Tags</Th>
            <Th narrow="hide">Comment</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, type_text, type_name, nullable, comment }) => (
            <Tr key={name}>
              <Td className="font-mono text-small font-strong">{name}</Td>
              <Td className="font-mono text-small text-fg-muted">
                {type_text || type_name.toLowerCase()}
                {nullable === false && " not null"}
              </Td>
              <Td className="whitespace-normal!">
                <span className="flex flex-wrap gap-1.5">
                  {object.tags
                    .filter(({ part }) => part === name)
                    .map(({ key, value }) => (
                      <TagBadge key={key} name={key} value={value} />
                    ))}
                </span>
              </Td>
              <Td narrow="hide" className="max-w-100 truncate text-fg-muted">
                {comment}
              </Td>
              <Td end className="w-10">
                {object.may.tag && (
                  <IconButton
                    icon="tag"
                    size="sm"
                    label={`Edit the tags of ${name}`}
                    onClick={() => open({ kind: "tags", column: name })}
                  />
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
