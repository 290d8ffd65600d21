import { Note } from "@/components/ui/note";
import type { Effect } from "@/lib/catalog";
import { PrincipalName } from "./principal-name";
import { PrivilegeBadges } from "./privilege-badges";
import { peopleCount } from "./words";

/** Who loses what, and how many keep it by another way. */
export function Losses({ effect: { losses, unchanged, isComplete } }: { effect: Effect }) {
  return (
    <div className="grid gap-2.5">
      {losses.length === 0 ? (
        <Note>Nobody loses anything{unchanged > 0 ? ": everyone has it by another way" : ""}.</Note>
      ) : (
        <ul
          aria-label="Who loses what"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-72 overflow-y-auto rounded-2 border"
        >
          {losses.map(({ person, privileges, objects, sample }) => (
            <li
              key={person.id}
              className="grid gap-x-3 gap-y-0.5 border-b px-3 py-1.5 last:border-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
            >
              <PrincipalName principal={person} bare />
              <span className="text-small text-fg-muted" title={sample.join(", ")}>
                loses <PrivilegeBadges privileges={privileges} />{" "}
                {objects === 1 ? `on ${sample[0] ?? "1 object"}` : `on ${objects} objects`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {losses.length > 0 && unchanged > 0 && (
        <p className="text-small text-fg-muted">
          {peopleCount(unchanged)} {unchanged === 1 ? "keeps" : "keep"} it by another way.
        </p>
      )}
      {!isComplete && (
        <p className="text-small text-fg-muted">
          There is more than can be looked at here: others may lose it too.
        </p>
      )}
    </div>
  );
}
