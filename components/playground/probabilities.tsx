"use client";
import { type KeyboardEvent, type SyntheticEvent, useId, useMemo, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import type { ScoredToken } from "@/lib/playground";
import { doubtClass, doubtSteps } from "./doubt-class";
import { lineStep } from "./line-step";
import { ProbabilityFigures } from "./probability-figures";
import { inPieces, ScoredTokens } from "./scored-tokens";
import { TokenDetail } from "./token-detail";

function indexOf({ target }: SyntheticEvent): number | null {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-token]") : null;
  return element ? Number(element.dataset.token) : null;
}

interface ProbabilitiesProps {
  tokens: ScoredToken[];
  /** There were more tokens than these. */
  truncated?: boolean;
}

/** An answer by its tokens, tinted where the model was in doubt. Arrow keys go from token to token. */
export function Probabilities({ tokens, truncated }: ProbabilitiesProps) {
  const detailId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const [hovered, setHovered] = useState<number | null>(null);
  const pieces = useMemo(() => inPieces(tokens), [tokens]);

  if (tokens.length === 0) {
    return <p className="text-small text-fg-muted">No probabilities came with this answer.</p>;
  }
  const at = Math.min(current, tokens.length - 1);
  const shown = hovered ?? at;
  const token = tokens[shown];
  const nodeOf = (index: number) => list.current?.querySelector<HTMLElement>(`[data-token="${index}"]`);
  const placeOf = (index: number) => {
    const node = nodeOf(index);
    return node ? { top: node.offsetTop, left: node.offsetLeft } : undefined;
  };
  const goTo = (index: number) => {
    setCurrent(index);
    setHovered(null);
    nodeOf(index)?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    const next: Record<string, () => number> = {
      ArrowRight: () => Math.min(tokens.length - 1, at + 1),
      ArrowLeft: () => Math.max(0, at - 1),
      ArrowDown: () => lineStep(placeOf, at, 1),
      ArrowUp: () => lineStep(placeOf, at, -1),
      Home: () => 0,
      End: () => tokens.length - 1,
    };
    const target = next[event.key];
    if (!target || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    goTo(target());
  };

  return (
    <section aria-label="Probabilities" className="grid gap-3">
      <ProbabilityFigures tokens={tokens} onJump={goTo} />
      <ul aria-label="Probability of a token" className="flex flex-wrap gap-1.5 text-micro text-fg-muted">
        {doubtSteps.map((step, index) => (
          <li key={step} className={cx("rounded-1 px-1 underline-offset-3", doubtClass[index])}>
            {step}
          </li>
        ))}
      </ul>
      <div
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label="Tokens of the answer"
        onKeyDown={keys}
        onFocus={(event) => setCurrent((before) => indexOf(event) ?? before)}
        onClick={(event) => {
          const index = indexOf(event);
          if (index !== null) goTo(index);
        }}
        onPointerOver={(event) => setHovered(indexOf(event))}
        onPointerLeave={() => setHovered(null)}
        className="relative max-h-96 overflow-y-auto p-0.5 font-mono text-small leading-6 break-words whitespace-pre-wrap"
      >
        {pieces.map((piece) => (
          <ScoredTokens
            key={piece.start}
            piece={piece}
            current={at >= piece.start && at < piece.start + piece.tokens.length ? at : null}
            describedBy={detailId}
          />
        ))}
      </div>
      {truncated && (
        <p className="text-small text-fg-subtle">
          Probabilities are kept of the first {tokens.length.toLocaleString("en")} tokens; the answer is
          longer.
        </p>
      )}
      {token && <TokenDetail id={detailId} token={token} index={shown} />}
    </section>
  );
}
