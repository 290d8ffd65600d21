"use client";
import { Table, Th } from "@/components/ui/table";
import { useRowKeys } from "@/components/ui/use-row-keys";
import type { PromptSummary } from "@/lib/prompts";
import { PromptRow } from "./prompt-row";
import type { Narrowing } from "./use-library-view";

interface PromptTableProps {
  prompts: readonly PromptSummary[];
  query: string | undefined;
  onNarrow: (change: Narrowing) => void;
}

/** Prompts with where they stand. J and K go from one to the next. */
export function PromptTable({ prompts, query, onNarrow }: PromptTableProps) {
  const rows = useRowKeys<HTMLTableSectionElement>();
  return (
    <Table label="Prompts">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th narrow="hide">Type</Th>
          <Th>production</Th>
          <Th narrow="hide">Other aliases</Th>
          <Th narrow="hide">Last version</Th>
          <Th narrow="hide" className="max-lg:hidden">
            Tags
          </Th>
          <Th narrow="hide" className="max-lg:hidden">
            Owner
          </Th>
          <Th narrow="hide">Changed</Th>
          <Th narrow="hide" end title="The last call that named it">
            Last used
          </Th>
        </tr>
      </thead>
      <tbody ref={rows}>
        {prompts.map((prompt) => (
          <PromptRow key={prompt.id} prompt={prompt} query={query} onNarrow={onNarrow} />
        ))}
      </tbody>
    </Table>
  );
}
