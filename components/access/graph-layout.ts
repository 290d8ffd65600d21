import type { Explanation, ObjectRef, PrincipalRef } from "@/lib/catalog";
import { needWord } from "./words";

/** Of a box, and from one to the next, in px. */
export const boxHeight = 46;
export const pitch = 86;

export interface GraphPrincipal {
  principal: PrincipalRef;
  /** Row of the member through which it is reached. */
  from: number | null;
}

export interface GraphEdge {
  key: string;
  met: boolean;
  label: string;
  /** Ends in px from the top. */
  from: number;
  to: number;
  /** Where the label stands: share of the width, and px from the top. */
  at: { x: number; y: number };
}

export interface Graph {
  principals: GraphPrincipal[];
  objects: { object: ObjectRef & { owner: PrincipalRef }; isMissing: boolean }[];
  edges: GraphEdge[];
  height: number;
}

const middle = (row: number) => row * pitch + boxHeight / 2;
const spread = 10;

/** A point of the curve that leaves and arrives level; x is a share of the width. */
function pointAt(t: number, from: number, to: number) {
  const s = 1 - t;
  const x = 1.5 * s * s * t + 1.5 * s * t * t + t * t * t;
  const down = t * t * (3 - 2 * t);
  return { x, y: from + (to - from) * down };
}

/** The first place along the curve where a label covers no other. */
function placeFor(from: number, to: number, taken: readonly { x: number; y: number }[]) {
  const places = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((t) => pointAt(t, from, to));
  const free = places.find(({ x, y }) =>
    taken.every((each) => Math.abs(each.y - y) >= 22 || Math.abs(each.x - x) > 0.5),
  );
  return free ?? places[0] ?? { x: 0.5, y: from };
}

/** The principal and its groups at the left, containers and object at the right, and what is held between them. */
export function graphOf({ principal, path, conditions }: Explanation): Graph {
  const principals: GraphPrincipal[] = [{ principal, from: null }];
  const rowOf = (id: string) => principals.findIndex((each) => each.principal.id === id);
  const drawn = conditions.flatMap((condition) => {
    const to = path.findIndex(({ id }) => id === condition.on.id);
    if (to < 0 || condition.need === "scope" || condition.need === "signed in") return [];
    const through = condition.evidence?.through ?? [];
    // Everybody is in the group of all: it stands on the line, not as a box of its own.
    const isShort = through.length === 2 && through[1]?.id === "all_users";
    const chain = isShort ? through.slice(0, 1) : through;
    let from = 0;
    for (const each of chain) {
      const known = rowOf(each.id);
      if (known < 0) principals.push({ principal: each, from });
      from = known < 0 ? principals.length - 1 : known;
    }
    const word = condition.need === "owner" ? "owner" : (condition.evidence?.as ?? needWord(condition.need));
    const label = condition.met ? `${isShort ? "all_users · " : ""}${word}` : `no ${word}`;
    return [{ condition, from: condition.met ? from : null, to, label }];
  });
  const last = principals.length - 1;
  const ends = drawn.map((each) => ({ ...each, from: each.from ?? Math.min(last, each.to) }));
  const shift = (side: "from" | "to", index: number) => {
    const same = ends.flatMap((each, at) => (each[side] === ends[index]?.[side] ? [at] : []));
    return (same.indexOf(index) - (same.length - 1) / 2) * spread;
  };
  const taken: { x: number; y: number }[] = [];
  const edges = ends.map((each, index) => {
    const from = middle(each.from) + shift("from", index);
    const to = middle(each.to) + shift("to", index);
    const at = placeFor(from, to, taken);
    taken.push(at);
    const { need, on, met } = each.condition;
    return { key: `${need} ${on.id}`, met, label: each.label, from, to, at };
  });
  const isMissing = (id: string) => conditions.some(({ met, on }) => !met && on.id === id);
  const rows = Math.max(principals.length, path.length);
  return {
    principals,
    objects: path.map((object) => ({ object, isMissing: isMissing(object.id) })),
    edges,
    height: (rows - 1) * pitch + boxHeight,
  };
}
