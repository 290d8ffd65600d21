"use client";
import { Popover } from "radix-ui";
import { useDeferredValue, useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import type { AnswerFormat } from "@/lib/playground";
import { useAnswerCheck } from "./use-answer-check";

const said = {
  text: "",
  json_object: "valid JSON",
  json_schema: "matches the schema",
  regex: "matches the pattern",
} as const satisfies Record<AnswerFormat["type"], string>;

interface FormatBadgeProps {
  format: AnswerFormat;
  /** A whole answer: one that is being written does not fit yet. */
  text: string;
}

/** Whether an answer has the format that was asked for; what is wrong with it opens from the badge. */
export function FormatBadge({ format, text }: FormatBadgeProps) {
  const checking = useAnswerCheck(format.type !== "text");
  const answer = useDeferredValue(text);
  const check = useMemo(() => checking?.checkAnswer(format, answer), [checking, format, answer]);
  if (!check || check.state === "none") return null;
  if (check.state === "valid") return <Badge tone="ok">{said[format.type]}</Badge>;
  const problems =
    check.state === "broken"
      ? [{ path: `Line ${check.line}, column ${check.column}`, why: check.why }]
      : check.problems.map(({ path, why }) => ({ path: path || "The answer", why }));
  const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  return (
    <Popover.Root>
      <Popover.Trigger className="rounded-1 pointer-coarse:py-3">
        <Badge tone="danger">{check.state === "broken" ? "not JSON" : count}</Badge>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          sideOffset={6}
          collisionPadding={8}
          aria-label="What does not fit"
          className="z-(--layer-popover) max-h-80 max-w-96 overflow-y-auto rounded-2 bg-raised px-3 py-2.5 text-small text-fg shadow-lift-2 motion-safe:animate-appear"
        >
          <ul className="grid gap-1.5">
            {problems.map(({ path, why }) => (
              <li key={`${path} ${why}`} className="break-words">
                <span className="font-strong">{path}</span> {why}
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
