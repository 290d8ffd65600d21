"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { Note } from "@/components/ui/note";
import type { PlaygroundDocument } from "@/lib/playground";
import type { ImportedConversation } from "@/lib/playground/client";
import { turnCount } from "./figures";

interface ImportPreviewProps {
  conversations: readonly ImportedConversation[];
  /** Of the file as a whole. */
  notes: readonly string[];
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

function branchCount({ turns }: PlaygroundDocument): string {
  const parents = new Set(turns.map(({ parent }) => parent));
  const ends = turns.filter(({ id }) => !parents.has(id)).length;
  return ends > 1 ? `, ${ends} branches` : "";
}

/** What was found in a file, to be ticked. */
export function ImportPreview({ conversations, notes, chosen, onChange }: ImportPreviewProps) {
  const all = conversations.length;
  const toggle = (index: number, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(index);
    else next.delete(index);
    onChange(next);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      {notes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      <div className="border-b pb-1.5">
        <Checkbox
          checked={chosen.size === all}
          onChange={(on) => onChange(on ? new Set(conversations.keys()) : new Set())}
        >
          All {all.toLocaleString("en")} conversations
        </Checkbox>
      </div>
      <ul aria-label="Conversations" className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {conversations.map(({ title, document, notes: own }, index) => (
          // A row out of sight costs nothing: exports hold thousands.
          // biome-ignore lint/suspicious/noArrayIndexKey: conversations of a file have no other name than their place.
          <li key={index} className="[contain-intrinsic-size:auto_40px] [content-visibility:auto]">
            <Checkbox
              checked={chosen.has(index)}
              onChange={(on) => toggle(index, on)}
              detail={[`${turnCount(document.turns.length)}${branchCount(document)}`, ...own].join(". ")}
            >
              <span className="break-words">{title}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </div>
  );
}
