import { cutText } from "@/lib/core";
import { textsOf as promptTexts } from "@/lib/prompts";
import type { PlaygroundDocument } from "./document";
import { currentContent } from "./loaded-prompt";

/** Characters of a session that can be searched. */
const most = 200_000;
const longestTitle = 200;

/** What is searched in a session. A character of `terms` is the folded form of the one at its place in `words`. */
export interface SessionWords {
  words: string;
  terms: string;
}

const known = new Map<string, string>();

/** One character as it is compared: small, without the accents of Latin letters; a space for what is no word. */
function foldCharacter(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const one = (text: string) => ([...text].length === 1 ? text : undefined);
  let folded = " ";
  if (/[\p{L}\p{N}\p{M}]/u.test(character)) {
    folded = one(character.normalize("NFKC").toLowerCase()) ?? one(character.toLowerCase()) ?? character;
    const bare = character.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
    if (/\p{Script=Latin}/u.test(character)) folded = one(bare) ?? folded;
  }
  known.set(character, folded);
  return folded;
}

/** A text as it is compared, as many characters as before. Done here because a database folds by its locale. */
export function fold(text: string): string {
  let folded = "";
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** A text on one line, in the form in which it is searched and shown in a snippet. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\0]+/g, " ")
    .trim()
    .normalize("NFC");
}

function* textsOf(document: PlaygroundDocument): Generator<string> {
  const { system, messages, columns, turns, rows, values, task } = document;
  for (const loaded of [document.prompt, ...columns.map((column) => column.prompt)]) {
    if (!loaded) continue;
    yield loaded.name;
    yield* promptTexts(currentContent(loaded));
  }
  yield system;
  for (const { text } of messages) yield text;
  for (const column of columns) yield column.system ?? "";
  for (const turn of turns) {
    for (const { text } of turn.lead ?? []) yield text;
    yield turn.user;
    yield turn.prefill ?? "";
    for (const given of Object.values(turn.answers)) for (const { text } of given) yield text;
  }
  yield* Object.values(values);
  for (const row of rows) {
    yield* Object.values(row.values);
    for (const { text } of Object.values(row.answers)) yield text;
  }
  yield task;
  // Last, so that a long file does not keep what was said from being found.
  for (const owner of [...messages, ...turns])
    for (const file of owner.attachments ?? [])
      yield file.kind === "text" ? `${file.name} ${file.text}` : file.name;
}

/** The searchable text of a session: every text once, in the order of reading, the title at its end. */
export function wordsOf(title: string, document: PlaygroundDocument): SessionWords {
  const seen = new Set<string>();
  let words = "";
  for (const text of textsOf(document)) {
    const room = most - longestTitle - words.length;
    if (room <= 0) break;
    // A text is cut before it is made plain: the rest of a long one cannot be found anyhow.
    const next = plainText(cutText(text, room));
    if (next === "" || seen.has(next)) continue;
    seen.add(next);
    words += `${next} `;
  }
  words = cutText(words, most) + plainText(cutText(title, longestTitle));
  return { words, terms: fold(words) };
}

/** For a session whose document cannot be read. */
export function wordsOfTitle(title: string): SessionWords {
  const words = plainText(title);
  return { words, terms: fold(words) };
}
