interface LeaderboardIntervalProps {
  low: number;
  score: number;
  high: number;
  /** Ends of the axis, in points. */
  scale: readonly [low: number, high: number];
}

/** Where the score lies and how sure it is, against the mean of 1,000; the figures stand beside it. */
export function LeaderboardInterval({ low, score, high, scale: [from, to] }: LeaderboardIntervalProps) {
  const place = (points: number) => `${(100 * (points - from)) / (to - from)}%`;
  return (
    <span aria-hidden="true" className="relative block h-4 min-w-24 flex-1">
      <span className="absolute inset-y-0 border-l border-line-strong" style={{ left: place(1000) }} />
      <span
        className="absolute top-1.25 h-1.5 rounded-tile bg-chart-1 opacity-30"
        style={{ left: place(low), width: `${(100 * (high - low)) / (to - from)}%` }}
      />
      <span
        className="absolute top-1.25 h-1.5 w-1.5 -translate-x-1/2 rounded-tile bg-chart-1"
        style={{ left: place(score) }}
      />
    </span>
  );
}
