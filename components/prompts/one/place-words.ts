const labels: Record<string, string> = {
  text: "Text",
  type: "Text or chat",
  messages: "Which messages there are, and in which order",
  variables: "All variables",
  model: "Model",
  responseFormat: "Answer format",
};

/** Where something stands in a version: "Message 3, text", "temperature". */
export function placeWords(path: string): string {
  const message = /^messages\.(\d+)(?:\.(text|role))?$/.exec(path);
  if (message) return `Message ${Number(message[1]) + 1}${message[2] ? `, ${message[2]}` : ""}`;
  if (path.startsWith("parameters.")) return path.slice("parameters.".length).replaceAll("_", " ");
  if (path.startsWith("variables.")) return `Variable ${path.slice("variables.".length)}`;
  if (path.startsWith("responseFormat.")) return "Answer format";
  return labels[path] ?? path;
}
