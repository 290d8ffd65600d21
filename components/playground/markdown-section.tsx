"use client";
import { memo, useRef } from "react";
import { cx } from "@/components/ui/cx";
import { sourceOf, type TextPiece } from "./blocks";
import { farClass } from "./far-class";
import { MarkdownBlock } from "./markdown-block";
import { useNear } from "./use-near";

/** Characters of a line, about. */
const lineLength = 60;

interface MarkdownSectionProps {
  piece: TextPiece;
  /** The caret stands behind its last word. */
  live: boolean;
  /** One of few: to be shown at once. */
  eager: boolean;
}

/** Some blocks of an answer. Far from what is in sight they are their plain text, neither read nor laid out. */
export const MarkdownSection = memo(function MarkdownSection({ piece, live, eager }: MarkdownSectionProps) {
  const box = useRef<HTMLDivElement>(null);
  const near = useNear(box, eager || live);
  const { blocks } = piece;
  const source = sourceOf(piece);
  if (!live && source.trim() === "") return null;
  return (
    <div ref={box} className={cx("space-y-2.5", !live && !eager && farClass(source.length / lineLength))}>
      {near ? (
        blocks.map(({ head, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end.
          <MarkdownBlock key={index} text={head + text} live={live && index === blocks.length - 1} />
        ))
      ) : (
        <p className="whitespace-pre-wrap">{source}</p>
      )}
    </div>
  );
});
