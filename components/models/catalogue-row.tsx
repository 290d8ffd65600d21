"use client";
import { EngineBadge } from "@/components/ui/engine-badge";
import { Tile } from "@/components/ui/tile";
import { fitsInTab } from "@/lib/inference";
import type { CatalogueEntry, Download, LocalModel } from "@/lib/models";
import { CatalogueOffer } from "./catalogue-offer";
import { loadingBytes, notInBrowser } from "./device-needs";
import { type DownloadActions, DownloadProgress } from "./download-progress";
import { parameterCount, tokenCount } from "./figures";
import { useWeights } from "./use-weights";

interface CatalogueRowProps {
  entry: CatalogueEntry;
  /** Unfinished ones of its repository. */
  downloads: readonly Download[];
  /** Its variants that are here. */
  local: readonly LocalModel[];
  /** Bytes of one tile. */
  tile: number;
  /** Absent for those who may only look. */
  actions: DownloadActions | undefined;
}

/** A model that can be had: what it is, which weights there are, how far they are. */
export function CatalogueRow({ entry, downloads, local, tile, actions }: CatalogueRowProps) {
  const { title, description, parameters, context, license, repository, devices, task } = entry;
  const weights = useWeights(entry);
  const { current } = weights;
  const runsInTab = current !== undefined && devices.includes("browser") && fitsInTab(current.bytes);
  return (
    <li className="border-b px-4 py-2.75">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-2">
            <h3>{title}</h3>
            {runsInTab && <EngineBadge kind="browser" />}
            {devices.includes("server") && <EngineBadge kind="server" />}
          </div>
          <p className="text-small text-fg-muted">{description}</p>
          <p className="text-small text-fg-subtle">
            {parameterCount(parameters)} parameters, {tokenCount(context)}, {license},{" "}
            <code className="wrap-anywhere">{repository}</code>
          </p>
          {current && (
            <p className="text-small text-fg-subtle">
              As {current.dtype} {current.words(current.bytes)} to download, and up to{" "}
              {current.words(loadingBytes(current.bytes))} of memory while it loads.
              {!runsInTab && ` ${notInBrowser[task]}`}
            </p>
          )}
        </div>
        <CatalogueOffer
          entry={entry}
          weights={weights}
          isKnown={[...downloads, ...local].some(({ dtype }) => dtype === current?.dtype)}
          actions={actions}
        />
      </div>
      {local.map((model) => (
        <p key={model.name} className="mt-1 flex items-baseline gap-2 text-small">
          <Tile status="ready" />
          <span>
            On this server as <code>{model.name}</code>
          </span>
        </p>
      ))}
      {downloads.map((download) => (
        <DownloadProgress key={download.name} download={download} tile={tile} actions={actions} />
      ))}
    </li>
  );
}
