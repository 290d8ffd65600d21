"use client";
import { memo, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";
import { StreamCaret } from "@/components/ui/stream-caret";
import type { CodePiece } from "./blocks";
import { farClass } from "./far-class";
import { useNear } from "./use-near";

interface ChunkProps {
  text: string;
  /** One of many, which need not be laid out while they are far. */
  far: boolean;
  live: boolean;
}

const Chunk = memo(function Chunk({ text, far, live }: ChunkProps) {
  return (
    <code className={cx("block", far && farClass(Number.POSITIVE_INFINITY))}>
      {text}
      {live && <StreamCaret />}
    </code>
  );
});

/** What a fence's own indent adds to each line is not the code's. */
const outdented = (text: string, indent: number) =>
  indent === 0 ? text : text.replace(new RegExp(`^ {1,${indent}}`, "gm"), "");

const linesIn = (chunks: string[]) => chunks.reduce((sum, chunk) => sum + chunk.split("\n").length, 0);

interface AnswerCodeProps {
  piece: CodePiece;
  live: boolean;
  /** One of few: to be shown whole at once. */
  eager: boolean;
}

/** Fenced code of an answer, as `CodeBlock`; written without reading what is already there again. */
export const AnswerCode = memo(function AnswerCode({ piece, live, eager }: AnswerCodeProps) {
  const box = useRef<HTMLDivElement>(null);
  const near = useNear(box, eager || live);
  const { chunks, indent } = piece;
  const last = chunks.length - 1;
  const shown = chunks.map((chunk, index) =>
    outdented(index === last ? chunk.replace(/\n$/, "") : chunk, indent),
  );
  const far = !live && !eager;
  return (
    <div
      ref={box}
      className={cx("relative my-2.5 rounded-2 border bg-sunken", far && farClass(linesIn(shown)))}
    >
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="overflow-x-auto py-2.5 pr-11 pl-3 text-small leading-5"
      >
        {shown.map((chunk, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: chunks are only ever added at the end.
          <Chunk key={index} text={chunk} far={index < last} live={live && index === last} />
        ))}
      </pre>
      {near && (
        <div className="absolute top-1.5 right-1.5 rounded-2 bg-sunken">
          <CopyButton text={shown.join("")} label="Copy code" compact />
        </div>
      )}
    </div>
  );
});
