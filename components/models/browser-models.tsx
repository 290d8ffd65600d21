"use client";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Note } from "@/components/ui/note";
import { tileFor } from "@/components/ui/progress-tiles";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { byteCount } from "@/lib/core";
import type { BrowserModel, BrowserRoom } from "@/lib/inference/client";
import { BrowserRow } from "./browser-row";
import { DeleteCopyDialog } from "./delete-copy-dialog";
import { type ModelFilter, matches } from "./model-filter";
import { SectionHead } from "./section-head";
import { useBrowserModels } from "./use-browser-models";

/** The models that can run here, what this browser keeps of each, and the room for more. */
export function BrowserModels({ filter }: { filter: ModelFilter }) {
  const { data, downloads, said, isPending, error, retry } = useBrowserModels();
  const [deleting, setDeleting] = useState<BrowserModel>();
  const models = data?.models ?? [];
  const shown = models.filter(({ name }) => matches({ name, task: "chat" }, filter));
  const tile = tileFor(shown.map(({ total = 0 }) => total));
  return (
    <section aria-labelledby="in-this-browser">
      <SectionHead id="in-this-browser" title="In this browser">
        {data?.canKeep && roomText(models, data.room)}
      </SectionHead>
      <p role="status" className="sr-only">
        {said}
      </p>
      {isPending ? (
        <RowsSkeleton rows={1} height="h-15" />
      ) : error ? (
        <ErrorState title="What this browser keeps could not be read" error={error} onRetry={retry} />
      ) : data?.canKeep === false ? (
        <Note className="mx-4 my-2">{whyNot()}</Note>
      ) : shown.length === 0 ? (
        <EmptyState
          kind="model"
          title={models.length === 0 ? "No model here runs in a browser" : "No model of this browser matches"}
        >
          {models.length === 0
            ? "Chat models with up to 1.5 GiB of weights do: fetch one to the server first."
            : "Change the filter to see others."}
        </EmptyState>
      ) : (
        <ul>
          {shown.map((model) => (
            <BrowserRow
              key={model.name}
              model={model}
              download={downloads.get(model.name)}
              others={models.filter(({ name }) => name !== model.name)}
              tile={tile}
              onDelete={setDeleting}
            />
          ))}
        </ul>
      )}
      {deleting && <DeleteCopyDialog model={deleting} onClose={() => setDeleting(undefined)} />}
    </section>
  );
}

/** "Models take 193 MB, 10.24 GB are allowed" */
function roomText(models: readonly BrowserModel[], room: BrowserRoom | undefined): string {
  const taken = models.reduce((sum, { kept, outdated }) => sum + kept + outdated, 0);
  const words = taken > 0 ? `Models take ${byteCount(taken)}` : "Nothing is kept yet";
  return room ? `${words}, this browser allows ${byteCount(room.allowed)}` : words;
}

function whyNot(): string {
  return window.isSecureContext
    ? "This window keeps no files, as private ones do. Models run in it all the same, fetched anew each time."
    : "Browsers keep files only for pages over HTTPS or on this very machine. Models run here all the same, fetched anew each time.";
}
