/** How the figures come about, for whoever wants to know. */
export function LeaderboardNote() {
  return (
    <details className="max-w-180 px-4 py-3 text-small text-fg-muted">
      <summary className="cursor-pointer text-fg">How it is computed</summary>
      <div className="mt-2 grid gap-2">
        <p>
          Each vote is taken apart into pairs: the best answer beats each of the others; with Tie and All bad
          every two are even, half a win each. Of several votes of one person on the same input and the same
          models the last counts.
        </p>
        <p>
          The scores are the strengths that make these pairs most likely (Bradley and Terry, 1952), on Elo’s
          scale: a model 400 points ahead is expected to win ten times as often as it loses. The mean is
          1,000. Every model is given half a win and half a loss against the mean, so that one without a
          defeat has a score at all.
        </p>
        <p>
          The interval holds the true score in 95 of 100 such samples. It takes each vote as one observation,
          however many answers it compares (sandwich estimator), and is too narrow when people vote on few
          different inputs. A rank is a range where intervals overlap.
        </p>
      </div>
    </details>
  );
}
