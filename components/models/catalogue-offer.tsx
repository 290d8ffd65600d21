"use client";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Tile } from "@/components/ui/tile";
import { useSend } from "@/components/ui/use-send";
import { isAppError } from "@/lib/core";
import type { CatalogueEntry, Dtype } from "@/lib/models";
import { startDownload } from "@/lib/models/client";
import type { DownloadActions } from "./download-progress";
import { useShowDownload } from "./use-downloads";
import type { Weights, WeightsState } from "./use-weights";

interface CatalogueOfferProps {
  entry: CatalogueEntry;
  weights: WeightsState;
  /** The chosen weights are here, or being fetched. */
  isKnown: boolean;
  /** Absent for those who may only look. */
  actions: DownloadActions | undefined;
}

const sizeOf = ({ bytes, words }: Weights) => words(bytes);

/** Which weights, how large, and the button that fetches them. */
export function CatalogueOffer({ entry, weights, isKnown, actions }: CatalogueOfferProps) {
  const { title, repository, revision } = entry;
  const { all, current, choose, check } = weights;
  const show = useShowDownload();
  const start = useSend((dtype: Dtype) => startDownload({ repository, revision, dtype }), show);
  if (!current) return <p className="text-small text-fg-muted">The hub has no ONNX files of it.</p>;
  if (!actions) {
    return (
      <p className="text-small text-fg-muted">
        {current.dtype}, {sizeOf(current)}
      </p>
    );
  }
  const failure = start.error ?? check.error;
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
          onChange={(value) => choose(value as Dtype)}
          options={all.map((each) => ({ value: each.dtype, label: `${each.dtype}, ${sizeOf(each)}` }))}
        />
        <Button
          size="sm"
          icon="download"
          busy={start.busy}
          aria-label={`Download ${title}, ${current.dtype}`}
          disabledReason={isKnown ? "These weights are here, or on their way" : undefined}
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
