"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import type { Effect } from "@/lib/catalog";
import { EffectRow } from "./effect-row";
import { peopleCount, privilegesWord } from "./words";

interface EffectPanelProps {
  /** Disabled as long as nothing is chosen. */
  effect: Pick<UseQueryResult<Effect>, "data" | "error" | "isFetching">;
  privileges: readonly string[];
}

/** What the grant does to people, before it is made. */
export function EffectPanel({ effect: { data, error, isFetching }, privileges }: EffectPanelProps) {
  return (
    <section aria-label="Effect" aria-busy={isFetching} className="rounded-2 border bg-surface">
      <header className="flex min-h-9 items-center gap-2 border-b px-3 last:border-0">
        <h3>Effect</h3>
        <span className="text-small text-fg-muted">
          {data
            ? "computed on the present state"
            : error
              ? ""
              : isFetching
                ? "being computed"
                : "choose who and what"}
        </span>
        <span role="status" className="ml-auto">
          {data && <Verdict effect={data} privileges={privileges} />}
        </span>
      </header>
      {error && (
        <p role="alert" className="px-3 py-2 text-small text-danger">
          {error.message}
        </p>
      )}
      {data && (
        <table className="w-full border-separate border-spacing-0">
          <caption className="sr-only">Who gains what</caption>
          <tbody>
            {data.principals.map((row) => (
              <EffectRow key={row.principal.id} row={row} privileges={privileges} />
            ))}
          </tbody>
        </table>
      )}
      {data && !data.isComplete && (
        <p className="border-t px-3 py-2 text-small text-fg-muted">
          There is more than can be looked at here: these are the first {peopleCount(data.people)}.
        </p>
      )}
    </section>
  );
}

function Verdict({ effect, privileges }: { effect: Effect; privileges: readonly string[] }) {
  const lacking = new Set(effect.stillLacking.map(({ person }) => person.id));
  const gaining = effect.gains.filter(({ person }) => !lacking.has(person.id)).length;
  if (gaining > 0) {
    return (
      <Badge tone="ok">
        {peopleCount(gaining)} {gaining === 1 ? "gains" : "gain"} {privilegesWord(privileges)}
      </Badge>
    );
  }
  return lacking.size > 0 ? (
    <Badge tone="warn">nobody can use it yet</Badge>
  ) : (
    <Badge>nobody gains anything</Badge>
  );
}
