"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { SearchInput } from "@/components/ui/search-input";
import { Segment } from "@/components/ui/segment";
import type { ServedModel } from "@/lib/gateway";
import { modelsQuery } from "@/lib/gateway/client";
import { ModelTable } from "./model-table";

type Task = "all" | ServedModel["task"];

const tasks: { value: Task; label: string }[] = [
  { value: "all", label: "All" },
  { value: "chat", label: "Chat" },
  { value: "embedding", label: "Embeddings" },
];

/** Every model that can be called, and where it runs. */
export function ModelsPage() {
  const [task, setTask] = useState<Task>("all");
  const [typed, setTyped] = useState("");
  return (
    <>
      <PageHead kind="model" title="Models">
        Built-in models run in this browser and on the server. Connections add those of any OpenAI-compatible
        API.
      </PageHead>
      <div className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-y px-4 py-2">
        <Segment label="Task" value={task} onChange={setTask} options={tasks} />
        <SearchInput className="max-sm:w-full!" label="Filter by name" value={typed} onChange={setTyped} />
      </div>
      <ModelList task={task} typed={typed.trim().toLowerCase()} />
    </>
  );
}

function ModelList({ task, typed }: { task: Task; typed: string }) {
  const models = useQuery(modelsQuery());
  if (models.isPending) return <RowsSkeleton rows={3} />;
  if (models.isError)
    return <ErrorState title="Models could not be read" error={models.error} onRetry={models.refetch} />;
  const shown = models.data.filter(
    (model) => (task === "all" || model.task === task) && model.id.toLowerCase().includes(typed),
  );
  if (shown.length > 0) return <ModelTable models={shown} />;
  return (
    <EmptyState kind="model" title={models.data.length === 0 ? "No models here" : "No model matches"}>
      {models.data.length === 0
        ? "The built-in models were not found on the server: start it again from a whole copy of the repository."
        : "Change the filter, or add a connection that serves the model."}
    </EmptyState>
  );
}
