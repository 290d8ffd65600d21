import "server-only";

/** PostgreSQL stores neither NUL nor half a surrogate pair; a caller's text must not make its own row fail. */
export function storable(text: string, limit: number): string {
  return text.replaceAll("\0", "\uFFFD").slice(0, limit).toWellFormed();
}
