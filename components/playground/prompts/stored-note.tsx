"use client";
import { useStore } from "zustand";
import { Note } from "@/components/ui/note";
import type { PlaygroundColumn } from "@/lib/playground";
import { currentContent, promptOf, promptsOf, sourceName } from "@/lib/playground/client";
import type { PromptContent } from "@/lib/prompts";
import type { Session } from "../session";

const formats = {
  text: "",
  json_object: "answers in JSON",
  json_schema: "answers by its JSON Schema",
  regex: "answers by its pattern",
} as const;

function storedWords({ parameters, responseFormat }: PromptContent): string[] {
  const format = responseFormat ? formats[responseFormat.type] : "";
  return [
    ...Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`),
    ...(format === "" ? [] : [format]),
  ];
}

interface StoredNoteProps {
  session: Session;
  /** Absent: for all columns. */
  column: PlaygroundColumn | undefined;
}

/** What prompts bring along beside their text; nothing where that is nothing. */
export function StoredNote({ session: { workspace }, column }: StoredNoteProps) {
  const state = useStore(workspace.store);
  const own = column && promptOf(state, column);
  const prompts = column ? (own ? [own] : []) : promptsOf(state);
  const lines = prompts.flatMap((prompt) => {
    const words = storedWords(currentContent(prompt));
    return words.length > 0 ? [{ name: sourceName(prompt), words: words.join(", ") }] : [];
  });
  if (lines.length === 0) return null;
  return (
    <Note icon="prompt">
      {lines.map(({ name, words }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have changed one version differently.
        <p key={index} className="break-words">
          <span className="font-mono">{name}</span> brings {words}.
        </p>
      ))}
      <p>A value set here comes before it.</p>
    </Note>
  );
}
