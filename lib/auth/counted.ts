/** "1 key", "2 keys": a count with its noun, which is given in the plural with an s. */
export function counted(count: number, nouns: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? nouns.replace(/s$/, "") : nouns}`;
}
