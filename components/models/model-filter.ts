import type { ServedModel } from "@/lib/gateway";

/** What the lists of the page are narrowed to. */
export interface ModelFilter {
  task: "all" | ServedModel["task"];
  /** In lower case. */
  typed: string;
}

export const tasks: { value: ModelFilter["task"]; label: string }[] = [
  { value: "all", label: "All" },
  { value: "chat", label: "Chat" },
  { value: "embedding", label: "Embeddings" },
];

export function matches(model: { name: string; task: ServedModel["task"] }, filter: ModelFilter): boolean {
  return (
    (filter.task === "all" || model.task === filter.task) && model.name.toLowerCase().includes(filter.typed)
  );
}
