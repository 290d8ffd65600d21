"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { KindIcon } from "@/components/ui/kind-icon";
import { type Candidate, matchingCandidates } from "./candidates";

interface CandidateListProps {
  candidates: readonly Candidate[];
  q: string;
  chosen: ReadonlySet<string>;
  onChoose: (id: string, on: boolean) => void;
}

/** Whom one can choose; those one cannot stay, and say why. */
export function CandidateList({ candidates, q, chosen, onChoose }: CandidateListProps) {
  const { shown, more } = matchingCandidates(candidates, q);
  if (shown.length === 0) {
    return (
      <p role="status" className="py-3 text-small text-fg-muted">
        {q ? "Nobody matches." : "There is nobody else yet."}
      </p>
    );
  }
  return (
    <ul
      aria-label="Who can be added"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="max-h-80 overflow-y-auto rounded-2 border"
    >
      {shown.map(({ id, kind, name, detail, disabledReason }) => (
        <li key={id} className="flex items-center gap-2 border-b px-2.5 py-1 last:border-0">
          <Checkbox
            checked={disabledReason === "is in it already" || chosen.has(id)}
            inherited={disabledReason !== undefined}
            onChange={(on) => onChoose(id, on)}
          >
            <span className="inline-flex items-center gap-2">
              <KindIcon kind={kind} />
              <span className="min-w-0 truncate">{name}</span>
            </span>
          </Checkbox>
          <span className="ml-auto min-w-0 truncate pl-2 text-small text-fg-subtle">
            {disabledReason ?? detail}
          </span>
        </li>
      ))}
      {more > 0 && <li className="px-2.5 py-1.5 text-small text-fg-muted">{more} more match: type on.</li>}
    </ul>
  );
}
