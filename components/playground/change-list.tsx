import type { Change } from "@/lib/playground/client";
import { WordDiff } from "./word-diff";

interface ChangeListProps {
  changes: readonly Change[];
  /** What the two states are called. */
  sides?: readonly [here: string, there: string];
}

/** What differs between here and there: texts word by word, all else side by side. */
export function ChangeList({ changes, sides = ["here", "there"] }: ChangeListProps) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] border-t">
      {changes.map(({ what, here, there, prose }) => (
        <div
          key={what}
          className="grid grid-cols-[minmax(0,9.5rem)_minmax(0,1fr)] gap-x-3 gap-y-1 border-b py-1.75 max-sm:grid-cols-[minmax(0,1fr)]"
        >
          <dt className="text-small break-words text-fg-muted">{what}</dt>
          <dd className="min-w-0">
            {prose ? (
              <div className="max-h-48 overflow-y-auto">
                <WordDiff before={there} after={here} />
              </div>
            ) : (
              <span className="grid grid-cols-2 gap-x-3 max-sm:grid-cols-[minmax(0,1fr)]">
                <Side name={sides[0]} value={here} />
                <Side name={sides[1]} value={there} />
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Side({ name, value }: { name: string; value: string }) {
  return (
    <span className="min-w-0 break-words">
      <span className="mr-1.5 text-micro text-fg-subtle">{name}</span>
      {value}
    </span>
  );
}
