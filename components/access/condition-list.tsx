import { Badge } from "@/components/ui/badge";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import { kindNoun } from "@/lib/access";
import type { Condition, Explanation } from "@/lib/catalog";
import { FullName } from "./full-name";
import { listWord, lookedWord, membershipWord, needWord } from "./words";

/** Every condition with where it comes from or where it was looked for. */
export function ConditionList({ explanation }: { explanation: Explanation }) {
  const { conditions, owning, principal, path, object } = explanation;
  const owned = path.filter(({ id }) => owning.some((each) => each.id === id)).reverse();
  return (
    <ol aria-label="Conditions" className="mt-1.5 border-t [&>li:last-child]:border-b-0">
      {conditions.map((condition) => (
        <li
          key={`${condition.need} ${condition.on.id}`}
          className="grid grid-cols-[24px_minmax(0,1fr)] border-b py-2.5 pl-1"
        >
          <Tile status={condition.met ? "ready" : "failed"} className="mt-1.5" />
          <div className="grid min-w-0 gap-px">
            <div className="flex min-w-0 flex-wrap items-center gap-1.5">
              <span className="sr-only">{condition.met ? "met: " : "missing: "}</span>
              <b className="font-mono text-small">{needWord(condition.need)}</b>
              <span className="text-fg-muted">on</span>
              <FullName object={condition.on} />
              {!condition.met && <Badge tone="danger">missing</Badge>}
            </div>
            <p className="text-small text-fg-muted">
              {condition.met ? (
                <Source condition={condition} />
              ) : (
                <Missing condition={condition} explanation={explanation} />
              )}
            </p>
          </div>
        </li>
      ))}
      {owned.length > 0 && (
        <li className="grid grid-cols-[24px_minmax(0,1fr)] py-2.5 pl-1">
          <Tile status="idle" className="mt-1.5" />
          <div className="grid gap-px">
            <p>
              <span className="sr-only">not needed: </span>
              <b>Ownership</b>{" "}
              <span className="text-fg-muted">
                of{" "}
                {listWord(
                  owned.map((each) => `${each.id === object.id ? "the" : "its"} ${kindNoun(each.kind)}`),
                  "or",
                )}
              </span>
            </p>
            <p className="text-small text-fg-muted">
              {principal.name} owns {owned.length === 1 ? "it not" : "none"}. It would stand in for what is
              {explanation.allow ? " granted" : " missing"} there.
            </p>
          </div>
        </li>
      )}
    </ol>
  );
}

function Source({ condition: { need, on, evidence } }: { condition: Condition }) {
  if (!evidence) return need === "signed in" ? "Everybody who is signed in." : "The key leaves it open.";
  const holder = evidence.through.at(-1);
  if (!evidence.as) {
    return `Owned by ${holder?.name ?? "somebody"}. ${membershipWord(evidence.through)}`;
  }
  return (
    <>
      {evidence.as !== need && need !== "any" && `As ${evidence.as}, granted`}
      {(evidence.as === need || need === "any") && (need === "any" ? `${evidence.as} granted` : "Granted")} to{" "}
      {holder?.name}
      {evidence.at.id !== on.id && ` on ${evidence.at.fullName}`}
      {evidence.grantedBy && ` by ${evidence.grantedBy.name}`}
      {evidence.grantedAt && (
        <>
          {" "}
          on <Time at={evidence.grantedAt} day />
        </>
      )}
      . {membershipWord(evidence.through)}
    </>
  );
}

function Missing({ condition, explanation }: { condition: Condition; explanation: Explanation }) {
  if (condition.need === "scope") return "The key was narrowed to less. Its owner may have the right.";
  return lookedWord(condition, explanation);
}
