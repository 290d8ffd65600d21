import "server-only";

/** What was typed, as text that LIKE takes for itself: `%` and `_` are no wildcards in a search field. */
export function literally(typed: string): string {
  return typed.replace(/[\\%_]/g, "\\$&");
}
