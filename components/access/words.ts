import { allUsers, kindNoun } from "@/lib/access";
import type { Condition, Explanation, ObjectRef, PrincipalRef } from "@/lib/catalog";

const numbers = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const numberWord = (count: number) => numbers[count] ?? String(count);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "1 person", "7 people" */
export const peopleWord = (count: number) =>
  count === 1 ? "1 person" : `${count.toLocaleString("en-US")} people`;

/** "1 object more", "3 objects more" */
export const moreWord = (count: number) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? "object" : "objects"} more`;

/** "a, b and c" */
export function listWord(parts: readonly string[], last = "and"): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

/** "this table" for the object that is asked about, else its full name. */
export const placeWord = (on: ObjectRef, object: ObjectRef) =>
  on.id === object.id ? `this ${kindNoun(on.kind)}` : on.fullName;

/** What a condition asks for. */
export function needWord(need: Condition["need"]): string {
  if (need === "owner") return "Ownership";
  if (need === "any") return "Any privilege";
  if (need === "signed in") return "Signed in";
  return need === "scope" ? "The key’s scope" : need;
}

/** The answer, its word first. */
export function verdictWord({ allow, isInactive, conditions }: Explanation): string {
  if (isInactive) return "No. The account is switched off.";
  const missing = conditions.filter(({ met }) => !met).length;
  const all = conditions.length;
  if (allow)
    return all === 1 ? "Yes. The one condition is met." : `Yes. All ${numberWord(all)} conditions are met.`;
  if (all === 1) return "No. The one condition is missing.";
  if (missing === all) return `No. All ${numberWord(all)} conditions are missing.`;
  return `No. ${capital(numberWord(missing))} of ${numberWord(all)} conditions ${missing === 1 ? "is" : "are"} missing.`;
}

/** How a group is reached: "Noor is in reviewers, which is in agents." */
export function membershipWord(through: readonly PrincipalRef[]): string {
  const [first, ...groups] = through;
  if (!first || groups.length === 0) return "";
  if (groups.length === 1 && groups[0]?.id === allUsers) return `${first.name} is a member, as is everyone.`;
  return `${first.name} is in ${groups.map(({ name }) => name).join(", which is in ")}.`;
}

/** Where a missing privilege was looked for. */
export function lookedWord(
  { on, looked }: Condition,
  { path, principal, groups, object }: Explanation,
): string {
  const upTo = path.findIndex(({ id }) => id === on.id);
  const places = path
    .slice(0, upTo + 1)
    .reverse()
    .map((each) => `on ${placeWord(each, object)}`);
  const closure =
    groups.length === 0 ? "" : ` and ${groups.length === 1 ? "1 group" : `${groups.length} groups`}`;
  const where = places.length > 0 ? listWord(places) : `on ${placeWord(on, object)}`;
  const count = looked === undefined ? "" : `: ${looked} ${looked === 1 ? "place" : "places"}, no grant`;
  return `Looked for ${where}, for ${principal.name}${closure}${count}.`;
}
