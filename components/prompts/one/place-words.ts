const labels: Record<string, string> = {
  text: "text",
  type: "text or chat",
  messages: "which messages there are, and in which order",
  variables: "all variables",
  responseFormat: "answer format",
};

/** Where something stands in a version: "message 3, text", "temperature". */
export function placeWords(path: string): string {
  const message = /^messages\.(\d+)(?:\.(text|role))?$/.exec(path);
  if (message) return `message ${Number(message[1]) + 1}${message[2] ? `, ${message[2]}` : ""}`;
  if (path.startsWith("parameters.")) return path.slice("parameters.".length).replaceAll("_", " ");
  if (path.startsWith("variables.")) return `variable ${path.slice("variables.".length)}`;
  if (path.startsWith("responseFormat.")) return "answer format";
  return labels[path] ?? path;
}
