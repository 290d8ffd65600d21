import { alignAlike, likeness } from "@/lib/core";
import type { TemplateMessage } from "../content";
import { isSame } from "./hash";

/** What two messages of the same role are worth as a pair, however different their texts. */
const sameRole = 0.1;
/** Below this, messages of different roles are different messages. */
const sameText = 0.5;

const textIn = (message: TemplateMessage) => ("text" in message ? message.text : "");

/** Which messages are the same one, changed or not: pairs of places in both, in order. */
export function sameMessages(base: TemplateMessage[], side: TemplateMessage[]): [number, number][] {
  const texts = likeness(base.map(textIn), side.map(textIn));
  const alike = (i: number, j: number): number => {
    const [one, other] = [base[i], side[j]];
    if (!one || !other) return 0;
    if ("placeholder" in one || "placeholder" in other) return isSame(one, other) ? 1 : 0;
    const share = texts(i, j);
    if (one.role === other.role) return sameRole + (1 - sameRole) * share;
    return share > sameText ? share * (1 - sameRole) : 0;
  };
  return alignAlike(base.length, side.length, alike);
}
