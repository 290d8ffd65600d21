"use client";
import { Button } from "@/components/ui/button";
import type { ScoredToken } from "@/lib/playground";
import { percent, probabilityOf, probabilitySummary, visibleToken } from "@/lib/playground/client";

interface ProbabilityFiguresProps {
  tokens: ScoredToken[];
  onJump: (index: number) => void;
}

const label = "text-micro leading-3.5 text-fg-subtle";
const figure = "text-read leading-5 font-strong";

/** What the probabilities of an answer come to: their mean, its perplexity, its least certain token. */
export function ProbabilityFigures({ tokens, onJump }: ProbabilityFiguresProps) {
  const summary = probabilitySummary(tokens);
  const least = summary && tokens[summary.least];
  if (!summary || !least) return null;
  const name = visibleToken(least.token);
  return (
    <dl className="flex flex-wrap items-start gap-x-6 gap-y-2">
      <div>
        <dt className={label}>Mean probability</dt>
        <dd className={figure}>{percent(summary.mean)}</dd>
      </div>
      <div title="e to the power of minus the mean log-probability; 1 is certainty">
        <dt className={label}>Perplexity</dt>
        <dd className={figure}>{summary.perplexity.toFixed(2)}</dd>
      </div>
      <div>
        <dt className={label}>Least certain</dt>
        <dd className="flex items-center gap-2">
          <span className={figure}>{percent(probabilityOf(least.logprob))}</span>
          <Button
            size="sm"
            onClick={() => onJump(summary.least)}
            aria-label={`Show the least certain token, ${name}`}
          >
            <code className="max-w-40 truncate">{name}</code>
          </Button>
        </dd>
      </div>
    </dl>
  );
}
