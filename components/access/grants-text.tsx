import type { Explanation } from "@/lib/catalog";
import { placeWord } from "./words";

interface GrantsTextProps {
  grants: Explanation["fixes"][number]["grants"];
  object: Explanation["object"];
  /** The privileges alone. */
  short?: boolean;
}

/** "USE SCHEMA on main.support and SELECT on this table" */
export function GrantsText({ grants, object, short }: GrantsTextProps) {
  return grants.map(({ privilege, on }, index) => (
    <span key={`${privilege} ${on.id}`}>
      {index > 0 && (index === grants.length - 1 ? " and " : ", ")}
      <b className="font-mono text-small">{privilege}</b>
      {!short && <> on {on.id === object.id ? placeWord(on, object) : <b>{on.fullName}</b>}</>}
    </span>
  ));
}
