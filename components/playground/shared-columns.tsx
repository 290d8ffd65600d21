import { EngineBadge } from "@/components/ui/engine-badge";
import type { PlaygroundColumn, PlaygroundDocument, PlaygroundTurn } from "@/lib/playground";
import { pathOf, turnsOf } from "@/lib/playground/client";
import { letters, nameParts, turnCount } from "./figures";
import { SharedSource } from "./prompts/shared-source";
import { SharedAnswer } from "./shared-answer";
import { SharedAttachments } from "./shared-attachments";
import { Slot } from "./slot";

/** The columns of a shared comparison side by side, with the conversation that was in sight. */
export function SharedColumns({ document }: { document: PlaygroundDocument }) {
  const { columns, turns } = document;
  const inSight = new Set(pathOf(document).map(({ id }) => id));
  const path = turns.filter(({ id }) => inSight.has(id));
  const elsewhere = turns.length - path.length;
  if (turns.length === 0 && document.rows.length > 0) return null;
  return (
    <>
      {elsewhere > 0 && (
        <p className="flex-none border-t px-4 py-2 text-small text-fg-muted">
          {turnCount(elsewhere)} on other branches {elsewhere === 1 ? "is" : "are"} part of it; continue in
          your playground to see {elsewhere === 1 ? "it" : "them"}.
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section aria-label="Columns" tabIndex={0} className="flex-none overflow-x-auto border-t">
        <div className="grid auto-cols-[minmax(17rem,1fr)] grid-flow-col max-sm:grid-flow-row">
          {columns.map((column, index) => (
            <SharedColumn key={column.id} column={column} letter={letters[index] ?? "?"} path={path} />
          ))}
        </div>
      </section>
    </>
  );
}

interface SharedColumnProps {
  column: PlaygroundColumn;
  letter: string;
  path: PlaygroundTurn[];
}

function SharedColumn({ column, letter, path }: SharedColumnProps) {
  const { name, connection } = nameParts(column);
  const turns = turnsOf(path, column.id);
  const own = Object.entries(column.parameters).filter(([, value]) => value !== undefined);
  return (
    <section
      aria-label={`Column ${letter}: ${column.model}`}
      className="min-w-0 border-r last:border-r-0 max-sm:border-r-0 max-sm:border-b"
    >
      <header className="flex h-10 items-center gap-1.5 border-b px-3.5">
        <Slot letter={letter} />
        <h2 className="min-w-0 truncate">{name}</h2>
        <EngineBadge kind={column.engine} device={connection} />
      </header>
      {column.prompt && (
        <div className="grid gap-1 border-b px-3.5 py-2 text-small">
          <SharedSource prompt={column.prompt} />
        </div>
      )}
      {(column.system || own.length > 0) && (
        <div className="border-b px-3.5 py-2 text-small text-fg-muted">
          {column.system && <p className="break-words whitespace-pre-wrap">{column.system}</p>}
          {own.length > 0 && (
            <p className="font-mono break-words">
              {own.map(([key, value]) => `${key} ${value === null ? "not sent" : String(value)}`).join(", ")}
            </p>
          )}
        </div>
      )}
      <div className="p-3.5">
        {turns.length === 0 && <p className="text-small text-fg-subtle">Not run yet</p>}
        {turns.map((turn) => (
          <article key={turn.id} className="border-t pt-3 first:border-t-0 first:pt-0 [&+&]:mt-3">
            <div className="mb-2.5 grid grid-cols-[40px_minmax(0,1fr)] gap-1 text-fg-muted">
              <span className="text-micro leading-5 text-fg-subtle">user</span>
              <div>
                <p className="break-words whitespace-pre-wrap">{turn.user}</p>
                {turn.attachments && <SharedAttachments attachments={turn.attachments} />}
              </div>
            </div>
            {turn.prefill && <p className="text-read break-words text-fg-subtle">{turn.prefill}</p>}
            <Answers turn={turn} column={column} />
          </article>
        ))}
      </div>
    </section>
  );
}

function Answers({ turn, column }: { turn: PlaygroundTurn; column: PlaygroundColumn }) {
  const all = turn.answers[column.id] ?? [];
  if (all.length === 0) return <p className="text-small text-fg-subtle">Not answered yet</p>;
  const counts = turn.chosen?.[column.id] ?? all.length - 1;
  return all.map((answer, index) => (
    <SharedAnswer
      // biome-ignore lint/suspicious/noArrayIndexKey: an answer has no other name than its place.
      key={index}
      answer={answer}
      column={column.model}
      place={
        all.length > 1
          ? `${index + 1} of ${all.length}${index === counts ? ", the one that counts" : ""}`
          : undefined
      }
    />
  ));
}
