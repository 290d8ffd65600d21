"use client";
import { memo } from "react";
import { cx } from "@/components/ui/cx";
import type { ScoredToken } from "@/lib/playground";
import { doubtOf, percent, probabilityOf, visibleToken } from "@/lib/playground/client";
import { doubtClass } from "./doubt-class";

export interface TokenPiece {
  start: number;
  tokens: ScoredToken[];
}

const leastTokens = 120;

/** Tokens in pieces that end where a line ends, so that a far piece need not be laid out. Together they are all. */
export function inPieces(tokens: ScoredToken[]): TokenPiece[] {
  const pieces: TokenPiece[] = [];
  let start = 0;
  tokens.forEach(({ token }, index) => {
    if (index - start + 1 < leastTokens || !token.endsWith("\n")) return;
    pieces.push({ start, tokens: tokens.slice(start, index + 1) });
    start = index + 1;
  });
  if (start < tokens.length) pieces.push({ start, tokens: tokens.slice(start) });
  return pieces;
}

interface ScoredTokensProps {
  piece: TokenPiece;
  /** Of the token that the Tab key reaches, where it is in this piece. */
  current: number | null;
  describedBy: string;
}

/** A piece of an answer, token by token. Keys and the pointer are heard by the list around it. */
export const ScoredTokens = memo(function ScoredTokens({ piece, current, describedBy }: ScoredTokensProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options, which no element stands for.
    <div
      role="group"
      aria-label={`Tokens ${piece.start + 1} to ${piece.start + piece.tokens.length}`}
      className="[contain-intrinsic-size:auto_6rem] [content-visibility:auto]"
    >
      {piece.tokens.map(({ token, logprob }, offset) => {
        const index = piece.start + offset;
        const chosen = index === current;
        const name = visibleToken(token);
        return (
          <span
            key={index}
            role="option"
            aria-selected={chosen}
            aria-label={`${name}, ${percent(probabilityOf(logprob))}`}
            aria-describedby={chosen ? describedBy : undefined}
            tabIndex={chosen ? 0 : -1}
            data-token={index}
            className={cx(
              "cursor-default rounded-1 underline-offset-3 hover:ring hover:ring-accent aria-selected:ring aria-selected:ring-accent",
              doubtClass[doubtOf(logprob)],
            )}
          >
            {/^\s/.test(token) && <wbr />}
            {token.includes("\n") ? name.replaceAll("⏎", "⏎\n") : name}
          </span>
        );
      })}
    </div>
  );
});
