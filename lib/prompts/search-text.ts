import { type PromptContent, textsOf } from "./content";

/** How texts are compared in a search: case does not count. */
export const searchKey = (text: string): string => text.normalize("NFC").toLowerCase();

/** What a prompt is found by besides its name: the texts of its last version. */
export function searchTextOf(content: PromptContent): string {
  return searchKey(textsOf(content).join("\n"));
}
