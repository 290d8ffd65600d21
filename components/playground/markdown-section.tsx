"use client";
import { memo, useRef } from "react";
import { cx } from "@/components/ui/cx";
import type { TextPiece } from "./blocks";
import { MarkdownBlock } from "./markdown-block";
import { useNear } from "./use-near";

/** What a section takes up until it was laid out once, by its characters. */
const room = [
  [500, "[contain-intrinsic-size:auto_5rem]"],
  [2_000, "[contain-intrinsic-size:auto_25rem]"],
  [Number.POSITIVE_INFINITY, "[contain-intrinsic-size:auto_100rem]"],
] as const;

function roomOf({ blocks }: TextPiece): string | undefined {
  const size = blocks.reduce((sum, { text }) => sum + text.length, 0);
  return room.find(([most]) => size <= most)?.[1];
}

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
  if (!live && blocks.every(({ text }) => text.trim() === "")) return null;
  return (
    <div
      ref={box}
      className={cx("space-y-2.5", !live && !eager && cx("[content-visibility:auto]", roomOf(piece)))}
    >
      {near ? (
        blocks.map(({ head, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end.
          <MarkdownBlock key={index} text={head + text} live={live && index === blocks.length - 1} />
        ))
      ) : (
        <p className="whitespace-pre-wrap">{blocks.map(({ text }) => text).join("")}</p>
      )}
    </div>
  );
});
