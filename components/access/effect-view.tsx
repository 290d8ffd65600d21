import { Note } from "@/components/ui/note";
import { Tile } from "@/components/ui/tile";
import type { Effect, PersonEffect } from "@/lib/catalog";
import { listWord, needWord, peopleWord } from "./words";

const mostShown = 12;

/** Who gains and who loses what, and who still lacks something. */
export function EffectView({ effect }: { effect: Effect }) {
  const { gains, losses, stillLacking, isComplete } = effect;
  const lacking = new Map<string, { name: string; missing: Set<string>; privileges: Set<string> }>();
  for (const { person, privilege, missing } of stillLacking) {
    const known = lacking.get(person.id) ?? { name: person.name, missing: new Set(), privileges: new Set() };
    known.privileges.add(privilege);
    for (const { need, on } of missing) known.missing.add(`${needWord(need)} on ${on.fullName}`);
    lacking.set(person.id, known);
  }
  return (
    <div className="grid gap-3">
      {gains.length === 0 && losses.length === 0 && (
        <p className="text-fg-muted">Nobody gains or loses anything.</p>
      )}
      <People title="Gains" people={gains} />
      <People title="Loses" people={losses} />
      {[...lacking.values()].slice(0, mostShown).map(({ name, missing, privileges }) => (
        <Note key={name} tone="warn">
          {name} still cannot use {listWord([...privileges])}: {listWord([...missing])} is missing.
        </Note>
      ))}
      {!isComplete && <Note>There are more people or objects than were looked at.</Note>}
    </div>
  );
}

function People({ title, people }: { title: "Gains" | "Loses"; people: readonly PersonEffect[] }) {
  if (people.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-small text-fg-muted">
        {peopleWord(people.length)}{" "}
        {people.length === 1 ? title.toLowerCase() : title.toLowerCase().slice(0, -1)}
      </h3>
      <ul className="max-h-64 overflow-y-auto rounded-2 border">
        {people.slice(0, mostShown).map(({ person, privileges, objects, sample }) => (
          <li key={person.id} className="flex items-start gap-2.5 border-b px-3 py-2 last:border-b-0">
            <Tile status={title === "Gains" ? "ready" : "failed"} className="mt-1.5" />
            <div className="min-w-0">
              <b>{person.name}</b> <span className="font-mono text-small">{privileges.join(", ")}</span>
              <p className="text-small break-words text-fg-muted">
                on {sample.join(", ")}
                {objects > sample.length && ` and ${(objects - sample.length).toLocaleString("en-US")} more`}
              </p>
            </div>
          </li>
        ))}
        {people.length > mostShown && (
          <li className="px-3 py-2 text-small text-fg-muted">
            and {peopleWord(people.length - mostShown)} more
          </li>
        )}
      </ul>
    </section>
  );
}
