/** "Move production: v3 → v5", as a question that names both ends. */
export function moveTitle(alias: string, from: number | null, to: number, mayMove: boolean): string {
  const what = mayMove ? "Move" : "Request move of";
  if (from === null) return mayMove ? `Set ${alias} to v${to}` : `Request ${alias} at v${to}`;
  return from === to ? `${what} ${alias}` : `${what} ${alias}: v${from} → v${to}`;
}
