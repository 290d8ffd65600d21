"use client";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EngineBadge } from "@/components/ui/engine-badge";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { ProgressTiles } from "@/components/ui/progress-tiles";
import { Tile } from "@/components/ui/tile";
import { byteCount, isAppError } from "@/lib/core";
import type { BrowserModel } from "@/lib/inference/client";
import { timeLeft } from "@/lib/models";
import { formatLink } from "@/lib/playground/client";
import { type BrowserDownload, browserDownloads } from "./browser-downloads";

interface BrowserRowProps {
  model: BrowserModel;
  /** Absent while nothing is fetched and nothing failed. */
  download: BrowserDownload | undefined;
  /** What could be deleted to make room. */
  others: readonly BrowserModel[];
  /** Bytes of one tile. */
  tile: number;
  onDelete: (model: BrowserModel) => void;
}

/** One model: how much of it is here, and what can be done about it. */
export function BrowserRow({ model, download, others, tile, onDelete }: BrowserRowProps) {
  const { name, total, complete } = model;
  const moving = isMoving(model, download);
  const bytes = download && moving ? download.bytes : model.kept;
  const isPartial = total !== undefined && !complete && (bytes > 0 || download !== undefined);
  return (
    <li className="grid gap-1 border-b px-4 py-2.75">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 truncate">{name}</h3>
        <EngineBadge kind="browser" />
        {total !== undefined && <b className="ml-auto whitespace-nowrap">{byteCount(total)}</b>}
      </div>
      {isPartial && (
        <div className="mt-1">
          <ProgressTiles
            value={bytes}
            total={total}
            tile={tile}
            state={download?.state === "failed" ? "failed" : moving ? "live" : "held"}
            label={`${name} in this browser`}
            valueText={`${byteCount(bytes)} of ${byteCount(total)}, ${stateWord(model, download)}`}
          />
        </div>
      )}
      <div className="flex min-h-6.5 flex-wrap items-center gap-x-2 gap-y-1 text-small">
        <Status model={model} download={download} others={others} />
        <Controls model={model} download={download} onDelete={onDelete} />
      </div>
    </li>
  );
}

type StateProps = Pick<BrowserRowProps, "model" | "download">;

const isMoving = (model: BrowserModel, download: BrowserDownload | undefined) =>
  download ? download.state !== "failed" : model.busy;

function stateWord(model: BrowserModel, download: BrowserDownload | undefined): string {
  if (download?.state === "failed") return "failed";
  return isMoving(model, download) ? "is being fetched" : "paused";
}

function Status({ model, download, others }: StateProps & Pick<BrowserRowProps, "others">) {
  const { total, kept, outdated, complete } = model;
  if (download?.state === "failed") return <Failure model={model} download={download} others={others} />;
  if (download) {
    return (
      <>
        <Tile status="live" />
        <Share bytes={download.bytes} total={download.total} />
        <span className="text-fg-muted">{paceText(download)}</span>
      </>
    );
  }
  if (total === undefined) {
    return (
      <>
        <Tile status="attention" />
        <span className="text-fg-muted">{byteCount(outdated)} of a model that this server no longer has</span>
      </>
    );
  }
  if (complete) {
    return (
      <>
        <Tile status="ready" />
        <span>Here and checked.</span>
        {outdated > 0 && <span className="text-fg-muted">{byteCount(outdated)} of an earlier version</span>}
      </>
    );
  }
  if (kept > 0) {
    return (
      <>
        {model.busy ? <Tile status="live" /> : <Icon name="pause" size={14} className="text-fg-muted" />}
        <Share bytes={kept} total={total} />
        <span className="text-fg-muted">
          {model.busy ? "fetched by a run or another tab" : "paused, resumes where it stopped"}
        </span>
      </>
    );
  }
  return (
    <>
      <Tile status={model.busy ? "live" : "idle"} />
      <span className="text-fg-muted">
        {model.busy
          ? "Fetched by a run or another tab."
          : outdated > 0
            ? `Only an earlier version is here, ${byteCount(outdated)}.`
            : "Not here; a run fetches it."}
      </span>
    </>
  );
}

function Share({ bytes, total }: { bytes: number; total: number }) {
  return (
    <span className="whitespace-nowrap">
      <b>{byteCount(bytes)}</b> of {byteCount(total)}
    </span>
  );
}

/** "18.2 MB/s, 23 s left" */
function paceText({ checking, bytesPerSecond, secondsLeft }: BrowserDownload): string {
  if (checking) return "its hash is checked";
  const rate = bytesPerSecond ? `${byteCount(bytesPerSecond)}/s` : "";
  const left = secondsLeft === undefined ? "" : `${timeLeft(secondsLeft)} left`;
  return [rate, left].filter(Boolean).join(", ");
}

/** What went wrong, what was kept, and what to do about it. */
function Failure({
  model,
  download: { failure },
  others,
}: Pick<BrowserRowProps, "model" | "others"> & { download: BrowserDownload }) {
  const isFull = isAppError(failure) && failure.code === "disk_full";
  return (
    <>
      <Tile status="failed" className="mt-1 self-start" />
      <span className="min-w-0 flex-1 basis-60">
        <span className="wrap-anywhere text-danger">{failure?.message}</span>{" "}
        <span className="text-fg-muted">
          {isFull ? roomAdvice(others) : ""} {model.kept > 0 && "What is checked or whole is kept."}
        </span>
      </span>
    </>
  );
}

/** "Delete smollm2-135m-instruct-q4 (181 MB) here to make room." */
function roomAdvice(others: readonly BrowserModel[]): string {
  const sizeOf = ({ kept, outdated }: BrowserModel) => kept + outdated;
  const largest = others.filter((other) => sizeOf(other) > 0).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (!largest) return "Free space on this device, or let this site keep more in the browser's settings.";
  return `Delete ${largest.name} (${byteCount(sizeOf(largest))}) here to make room.`;
}

function Controls({ model, download, onDelete }: StateProps & Pick<BrowserRowProps, "onDelete">) {
  const { name, total, kept, outdated, complete, busy } = model;
  const start = () => total !== undefined && void browserDownloads.start(name, { bytes: kept, total });
  const isIdle = download ? download.state === "failed" : !busy;
  const verb = download?.state === "failed" ? "Try again" : kept > 0 ? "Resume" : "Download";
  return (
    <span className="ml-auto flex flex-wrap items-center gap-1">
      {complete && (
        <ButtonLink
          size="sm"
          variant="ghost"
          icon="chat"
          aria-label={`Open ${name} in the playground`}
          href={`/playground?${formatLink([{ engine: "browser", model: name }])}`}
        >
          Playground
        </ButtonLink>
      )}
      {download?.state === "running" && (
        <IconButton
          size="sm"
          icon="pause"
          label={`Pause ${name}`}
          onClick={() => browserDownloads.pause(name)}
        />
      )}
      {isIdle && !complete && total !== undefined && (
        <Button
          size="sm"
          icon={verb === "Download" ? "download" : verb === "Try again" ? "again" : undefined}
          aria-label={`${verb === "Try again" ? `Try ${name} again` : `${verb} ${name}`} in this browser`}
          onClick={start}
        >
          {verb}
        </Button>
      )}
      {isIdle && kept + outdated > 0 && (
        <IconButton
          size="sm"
          icon="trash"
          label={`Delete ${name} from this browser`}
          onClick={() => onDelete(model)}
        />
      )}
    </span>
  );
}
