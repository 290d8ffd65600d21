export type FileFormat = "markdown" | "yaml";

const endings: Record<string, FileFormat> = {
  md: "markdown",
  markdown: "markdown",
  yaml: "yaml",
  yml: "yaml",
};

/** By its ending; null for a file that holds no prompt. */
export function formatOf(path: string): FileFormat | null {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(endings, ending) ? (endings[ending] ?? null) : null;
}
