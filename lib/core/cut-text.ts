/** The beginning of a text, at most so long in UTF-16 units. Tears no character: no database stores half of one. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
