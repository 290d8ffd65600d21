"use client";
import { useMemo, useState } from "react";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { type PromptContent, type PromptDetail, usedVariables, variablesOf } from "@/lib/prompts";
import { TokenLine } from "../tokens/token-line";
import { fillIn, plainMessages } from "./filled";
import { IncludedList } from "./included-list";
import { PreviewMessages } from "./preview-messages";
import { PreviewValues } from "./preview-values";
import { useResolved } from "./use-resolved";
import { valueProblem } from "./value-problem";

interface PreviewPanelProps {
  prompt: PromptDetail;
  content: PromptContent;
  baseNumber: number;
}

/** What would be sent: the draft with all that it includes and with the values typed here, which are not kept. */
export function PreviewPanel({ prompt, content, baseNumber }: PreviewPanelProps) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const { content: resolved, includes, error } = useResolved(prompt.fullName, baseNumber, content);
  const shown = useMemo(() => {
    if (!resolved) return undefined;
    const used = new Set(usedVariables(resolved));
    const variables = variablesOf(resolved).filter(({ name }) => used.has(name));
    const values = new Map(
      variables.flatMap(({ name, default: usual }) => {
        const value = typed[name] || usual;
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    return { variables, values, messages: fillIn(resolved, values), problem: valueProblem(resolved, values) };
  }, [resolved, typed]);
  return (
    <section aria-labelledby="preview" className="grid gap-3 px-4 py-3">
      <h2 id="preview" className="flex items-baseline gap-2">
        Preview
        {shown && (
          <span role="status" className="text-small font-regular text-fg-subtle">
            {shown.problem ?? "ready to send"}
          </span>
        )}
      </h2>
      {error && (
        <Note tone="danger" alert>
          Not resolved. {error.message}
        </Note>
      )}
      {!shown && !error && <RowsSkeleton rows={3} />}
      {shown && (
        <>
          <PreviewValues
            variables={shown.variables}
            typed={typed}
            onChange={(name, value) => setTyped({ ...typed, [name]: value })}
          />
          <PreviewMessages messages={shown.messages} isChat={content.type === "chat"} />
          <TokenLine messages={plainMessages(shown.messages)} model={content.model} />
        </>
      )}
      <IncludedList includes={includes} />
    </section>
  );
}
