"use client";
import { SectionHead } from "@/components/models/section-head";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import type { PromptDetail, PromptInvocation } from "@/lib/prompts";
import { duration, money, wholeNumber } from "../figures";
import { replayItems } from "./replay-items";
import { VariableWords } from "./variable-words";

interface InvocationTableProps {
  prompt: PromptDetail;
  rows: readonly PromptInvocation[];
}

const outcomes = {
  ok: { tile: "ready", word: "answered" },
  error: { tile: "failed", word: "failed" },
  client_closed: { tile: "partial", word: "stopped by the caller" },
} as const;

/** The last calls, each to be asked again with another version on its own variables. */
export function InvocationTable({ prompt, rows }: InvocationTableProps) {
  return (
    <section aria-labelledby="invocations" className="border-t">
      <SectionHead id="invocations" title="Invocations">
        {prompt.may.manage ? "The last ones of everybody." : "The last ones of yours; managers see all."}
      </SectionHead>
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-small text-fg-subtle">None of yours.</p>
      ) : (
        <Table label={`Invocations of ${prompt.name}`}>
          <thead>
            <tr>
              <Th>When</Th>
              <Th>Version</Th>
              <Th narrow="hide">By</Th>
              <Th narrow="hide">Model</Th>
              <Th narrow="hide">Variables</Th>
              <Th narrow="hide">Outcome</Th>
              <Th end narrow="hide">
                Latency
              </Th>
              <Th end narrow="hide">
                Tokens out
              </Th>
              <Th end narrow="hide">
                Cost
              </Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} prompt={prompt} row={row} />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function Row({ prompt, row }: { prompt: PromptDetail; row: PromptInvocation }) {
  const { at, version, alias, by, model, variables, durationMs, outputTokens, cost } = row;
  const { tile, word } = outcomes[row.outcome];
  return (
    <Tr>
      <Td>
        <Time at={at} />
      </Td>
      <Td>
        <b>v{version}</b>
        {alias && <span className="text-fg-subtle"> as {alias}</span>}
      </Td>
      <Td narrow="hide" className="max-w-40 truncate text-fg-muted">
        {by.name}
      </Td>
      <Td narrow="hide" className="max-w-40 truncate text-fg-muted" title={model}>
        <code>{model}</code>
      </Td>
      <Td narrow="hide" className="max-w-70 truncate text-fg-muted">
        <VariableWords variables={variables} />
      </Td>
      <Td narrow="hide">
        <span className="flex items-center gap-1.5">
          <Tile status={tile} size={7} /> {word}
        </span>
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {duration(durationMs)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {wholeNumber(outputTokens)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {money(cost)}
      </Td>
      <Td className="w-0">
        <RowActions>
          <Menu
            items={replayItems(prompt, row)}
            trigger={
              <IconButton icon="chat" size="sm" label={`Open the call of v${version} in playground`} />
            }
          />
        </RowActions>
      </Td>
    </Tr>
  );
}
