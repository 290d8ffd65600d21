"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import type { Explanation } from "@/lib/catalog";
import { GrantDialog } from "./grant-dialog";
import { GrantsText } from "./grants-text";
import { Panel } from "./panel";
import { requestPath } from "./paths";
import type { Reader } from "./reader";
import { moreWord, peopleWord } from "./words";

export type Fix = Explanation["fixes"][number];

/** What would be enough: the smallest grant, and wider ones with what else they open. */
export function FixPanel({ explanation, reader }: { explanation: Explanation; reader: Reader }) {
  const { fixes, principal, object, privilege, isInactive } = explanation;
  const [granting, setGranting] = useState<Fix>();
  const [smallest, ...wider] = fixes;
  if (!smallest) {
    return (
      <Panel title="Smallest fix">
        <p className="p-3 text-small text-fg-muted">
          {isInactive
            ? "No grant helps an account that is switched off."
            : "No grant is enough: the key itself was narrowed, or nothing of the kind can be granted here."}
        </p>
      </Panel>
    );
  }
  const isSelf = principal.id === reader.id;
  return (
    <Panel title="Smallest fix">
      <div className="p-3">
        <p>
          <GrantsText grants={smallest.grants} object={object} /> to <b>{principal.name}</b>.{" "}
          {consequence(smallest)}
        </p>
        <div className="mt-2.5 flex flex-wrap gap-2">
          {smallest.mayGrant && (
            <Button variant="primary" onClick={() => setGranting(smallest)}>
              Grant to {principal.name}
            </Button>
          )}
          {!smallest.mayGrant && isSelf && (
            <ButtonLink variant="primary" href={requestPath(object.fullName, object.kind, privilege)}>
              Request access
            </ButtonLink>
          )}
        </div>
        {!smallest.mayGrant && (
          <p className="mt-2 text-small text-fg-subtle">
            {isSelf
              ? "It reaches those below."
              : `You may not grant all of it. ${principal.name} can ask those below.`}
          </p>
        )}
      </div>
      {wider.length > 0 && (
        <div className="border-t px-3 py-2.25">
          <p className="text-small text-fg-muted">Other ways, wider</p>
          <ul>
            {wider.map((fix) => (
              <li
                key={`${fix.principal.id} ${fix.grants.map(({ on }) => on.id).join()}`}
                className="flex items-baseline justify-between gap-3 py-0.75"
              >
                <Way
                  fix={fix}
                  object={object}
                  onChoose={fix.mayGrant ? () => setGranting(fix) : undefined}
                  isSame={fix.principal.id === principal.id}
                />
                <span className="flex-none text-small text-fg-muted">{gain(fix)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {granting && <GrantDialog fix={granting} onClose={() => setGranting(undefined)} />}
    </Panel>
  );
}

interface WayProps {
  fix: Fix;
  object: Explanation["object"];
  /** The same principal, on something wider. */
  isSame: boolean;
  onChoose: (() => void) | undefined;
}

function Way({ fix, object, isSame, onChoose }: WayProps) {
  const text = (
    <>
      <GrantsText grants={isSame ? fix.grants : fix.grants.slice(-1)} object={object} short={!isSame} />
      {!isSame && (
        <>
          {" "}
          to <b>{fix.principal.name}</b>
        </>
      )}
    </>
  );
  if (!onChoose) return <span className="min-w-0">{text}</span>;
  return (
    <button type="button" onClick={onChoose} className="min-w-0 rounded-1 text-left hover:text-accent">
      {text}
    </button>
  );
}

function consequence({ principal, othersGaining, otherObjects }: Fix): string {
  const others =
    principal.kind === "group"
      ? `${peopleWord(othersGaining)} in it ${othersGaining === 1 ? "gains" : "gain"} it.`
      : "Nobody else gains anything.";
  return otherObjects > 0 ? `${others} It opens ${moreWord(otherObjects)}.` : others;
}

function gain({ principal, othersGaining, otherObjects }: Fix): string {
  const words = [
    ...(principal.kind === "group"
      ? [`${peopleWord(othersGaining)} ${othersGaining === 1 ? "gains" : "gain"} it`]
      : []),
    ...(otherObjects > 0 || principal.kind !== "group" ? [moreWord(otherObjects)] : []),
  ];
  return words.join(", ");
}
