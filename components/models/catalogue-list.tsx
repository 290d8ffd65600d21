"use client";
import { EmptyState } from "@/components/ui/empty-state";
import { Note } from "@/components/ui/note";
import { tileFor } from "@/components/ui/progress-tiles";
import { byteCount } from "@/lib/core";
import { catalogue, type Download, type LocalModel } from "@/lib/models";
import { CatalogueRow } from "./catalogue-row";
import { type DownloadActions, DownloadProgress } from "./download-progress";
import type { ModelFilter } from "./model-filter";
import { SectionHead } from "./section-head";

interface CatalogueListProps {
  filter: ModelFilter;
  downloads: readonly Download[];
  /** Why they are not known. */
  failure: Error | null;
  local: readonly LocalModel[];
  actions: DownloadActions | undefined;
}

/** Models that can be had from the hub, and what is being fetched. Nothing is asked of it until somebody says so. */
export function CatalogueList({ filter, downloads, failure, local, actions }: CatalogueListProps) {
  const tile = tileFor(downloads.map(({ total }) => total));
  const known = new Set(catalogue.map(({ repository }) => repository));
  const others = downloads.filter(({ repository }) => !known.has(repository));
  const shown = catalogue.filter(
    ({ task, id, title }) =>
      (filter.task === "all" || task === filter.task) &&
      `${id} ${title}`.toLowerCase().includes(filter.typed),
  );
  return (
    <section aria-labelledby="catalogue">
      <SectionHead id="catalogue" title="Catalogue">
        {downloads.length > 0
          ? summary(downloads, tile)
          : "Sizes are estimates until the hub is asked, which happens only when you check or download."}
      </SectionHead>
      {failure && (
        <Note tone="danger" alert className="mx-4 my-2">
          Downloads could not be read. {failure.message}
        </Note>
      )}
      <ul>
        {others.map((download) => (
          <li key={download.name} className="border-b px-4 py-2.75">
            <h3>{download.name}</h3>
            <p className="text-small text-fg-subtle">
              <code className="wrap-anywhere">{download.repository}</code>
            </p>
            <DownloadProgress download={download} tile={tile} actions={actions} isNamed />
          </li>
        ))}
        {shown.map((entry) => (
          <CatalogueRow
            key={entry.id}
            entry={entry}
            tile={tile}
            actions={actions}
            downloads={downloads.filter(({ repository }) => repository === entry.repository)}
            local={local.filter(({ source }) => source?.repository === entry.repository)}
          />
        ))}
      </ul>
      {shown.length === 0 && (
        <EmptyState kind="model" title="No model of the catalogue matches">
          {actions
            ? "Change the filter, or pull any repository that has ONNX files."
            : "Change the filter to see others."}
        </EmptyState>
      )}
    </section>
  );
}

/** "2 downloads, 1.44 GB to go, one tile is 16 MB. They continue while you work." */
function summary(downloads: readonly Download[], tile: number): string {
  const rest = downloads.reduce((sum, { bytes, total }) => sum + total - bytes, 0);
  const count = downloads.length === 1 ? "1 download" : `${downloads.length} downloads`;
  const goesOn = downloads.some(({ state }) => state === "running" || state === "queued");
  const who = downloads.length === 1 ? "It continues" : "They continue";
  return `${count}, ${byteCount(rest)} to go, one tile is ${byteCount(tile)}.${goesOn ? ` ${who} while you work.` : ""}`;
}
