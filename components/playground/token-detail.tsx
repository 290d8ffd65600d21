import { cx } from "@/components/ui/cx";
import type { ScoredToken } from "@/lib/playground";
import { alternativesOf, percent, probabilityOf, visibleToken } from "@/lib/playground/client";

const sign = (value: number) => `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(3)}`;

interface TokenDetailProps {
  id: string;
  token: ScoredToken;
  index: number;
}

/** One token: its probability, and the likeliest in its place with theirs. */
export function TokenDetail({ id, token, index }: TokenDetailProps) {
  return (
    <div id={id} className="grid gap-2 rounded-2 border bg-sunken px-3 py-2.5 in-data-dialog:bg-hover">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <code className="text-base font-strong break-all">{visibleToken(token.token)}</code>
        <span>{percent(probabilityOf(token.logprob))}</span>
        <span className="text-small text-fg-muted">logprob {sign(token.logprob)}</span>
        <span className="ml-auto text-small text-fg-subtle">token {(index + 1).toLocaleString("en")}</span>
      </div>
      {token.top.length > 0 && (
        <ul className="grid gap-0.5" aria-label="The likeliest here">
          {alternativesOf(token).map((other) => (
            <li
              key={other.token}
              className="grid grid-cols-[minmax(72px,1fr)_2fr_72px] items-center gap-2 text-small"
            >
              <code className={cx("truncate", other.chosen && "font-strong")}>
                {visibleToken(other.token)}
                {other.chosen && <span className="ml-1.5 font-sans text-micro text-fg-muted">chosen</span>}
              </code>
              <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-[1px] bg-line">
                <span
                  className={cx("block h-full", other.chosen ? "bg-accent" : "bg-fg-subtle")}
                  style={{ width: `${other.probability * 100}%` }}
                />
              </span>
              <span className="text-right text-fg-muted">{percent(other.probability)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
