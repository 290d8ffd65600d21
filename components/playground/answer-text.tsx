"use client";
import { lazy, Suspense } from "react";
import { StreamCaret } from "@/components/ui/stream-caret";

// Not needed before the first answer, and a third of the page's code.
const Markdown = lazy(() => import("./markdown").then((module) => ({ default: module.Markdown })));

interface AnswerTextProps {
  text: string;
  /** Being written now. */
  live?: boolean;
}

/** The words of an answer. */
export function AnswerText({ text, live }: AnswerTextProps) {
  const plain = (
    <p className="break-words whitespace-pre-wrap">
      {text}
      {live && <StreamCaret />}
    </p>
  );
  return (
    <div className="text-read">
      {text === "" ? (
        plain
      ) : (
        <Suspense fallback={plain}>
          <Markdown text={text} live={live} />
        </Suspense>
      )}
    </div>
  );
}
