"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EngineBadge } from "@/components/ui/engine-badge";
import { Select } from "@/components/ui/select";
import { Tile } from "@/components/ui/tile";
import { useSend } from "@/components/ui/use-send";
import { byteCount, isAppError } from "@/lib/core";
import {
  aboutBytes,
  type CatalogueEntry,
  type Download,
  type Dtype,
  estimatedBytes,
  type HubRepository,
  type LocalModel,
} from "@/lib/models";
import { checkRepository, startDownload } from "@/lib/models/client";
import { type DownloadActions, DownloadProgress } from "./download-progress";
import { parameterCount, tokenCount } from "./figures";
import { useShowDownload } from "./use-downloads";

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
  const { title, description, parameters, context, license, repository } = entry;
  return (
    <li className="border-b px-4 py-2.75">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-2">
            <h3>{title}</h3>
            <EngineBadge kind="server" />
          </div>
          <p className="text-small text-fg-muted">{description}</p>
          <p className="text-small text-fg-subtle">
            {parameterCount(parameters)} parameters, {tokenCount(context)}, {license},{" "}
            <code className="wrap-anywhere">{repository}</code>
          </p>
        </div>
        <Offer entry={entry} downloads={downloads} local={local} actions={actions} />
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

interface Weights {
  dtype: Dtype;
  size: string;
}

function weightsOf(entry: CatalogueEntry, checked: HubRepository | undefined): Weights[] {
  return checked
    ? checked.variants.map(({ dtype, bytes }) => ({ dtype, size: byteCount(bytes) }))
    : entry.dtypes.map((dtype) => ({ dtype, size: aboutBytes(estimatedBytes(entry, dtype)) }));
}

/** Which weights, how large, and the button that fetches them. */
function Offer({ entry, downloads, local, actions }: Omit<CatalogueRowProps, "tile">) {
  const { title, repository, revision } = entry;
  const show = useShowDownload();
  const [chosen, setChosen] = useState<Dtype>();
  const check = useMutation({ mutationFn: () => checkRepository({ repository, revision }) });
  const weights = weightsOf(entry, check.data);
  const current = weights.find(({ dtype }) => dtype === chosen) ?? weights[0];
  const start = useSend((dtype: Dtype) => startDownload({ repository, revision, dtype }), show);
  if (!current) return <p className="text-small text-fg-muted">The hub has no ONNX files of it.</p>;
  if (!actions) {
    return (
      <p className="text-small text-fg-muted">
        {current.dtype}, {current.size}
      </p>
    );
  }
  const failure = start.error ?? check.error;
  const known = [...downloads, ...local].some(({ dtype }) => dtype === current.dtype);
  return (
    <div className="grid justify-items-end gap-1 max-sm:w-full max-sm:justify-items-stretch">
      <div className="flex flex-wrap items-center gap-1.5">
        <Button size="sm" variant="ghost" busy={check.isPending} onClick={() => check.mutate()}>
          {check.data ? "Checked" : "Check sizes"}
        </Button>
        <Select
          size="sm"
          className="w-42! max-sm:flex-1"
          label={`Weights of ${title}`}
          value={current.dtype}
          onChange={(value) => setChosen(value as Dtype)}
          options={weights.map(({ dtype, size }) => ({ value: dtype, label: `${dtype}, ${size}` }))}
        />
        <Button
          size="sm"
          icon="download"
          busy={start.busy}
          aria-label={`Download ${title}, ${current.dtype}`}
          disabledReason={known ? "These weights are here, or on their way" : undefined}
          onClick={() => start.send(current.dtype)}
        >
          Download
        </Button>
      </div>
      {check.data?.gated && (
        <p className="max-w-90 text-small text-fg-muted">
          <Tile status="attention" /> Its licence has to be accepted at the hub first.
        </p>
      )}
      {failure && <Refusal error={failure} onHub={actions.onHub} />}
    </div>
  );
}

/** Why the hub was asked in vain. */
function Refusal({ error, onHub }: { error: Error; onHub: () => void }) {
  const needsToken = isAppError(error) && error.details?.some(({ path }) => path === "token");
  const atHub = needsToken || (isAppError(error) && error.code === "unavailable");
  return (
    <div role="alert" className="flex max-w-110 flex-wrap items-center justify-end gap-2 text-small">
      <span className="min-w-0 flex-1 basis-60 wrap-anywhere text-danger">
        <Tile status="failed" className="mr-1.5" />
        {error.message}
      </span>
      {atHub && (
        <Button size="sm" icon={needsToken ? "key" : "sliders"} onClick={onHub}>
          {needsToken ? "Enter a token" : "Hub settings"}
        </Button>
      )}
    </div>
  );
}
