"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { ProgressTiles } from "@/components/ui/progress-tiles";
import { Tile } from "@/components/ui/tile";
import { useSend } from "@/components/ui/use-send";
import { byteCount } from "@/lib/core";
import { type Download, timeLeft } from "@/lib/models";
import { pauseDownload, resumeDownload } from "@/lib/models/client";
import { useShowDownload } from "./use-downloads";

export interface DownloadActions {
  onDiscard: (download: Download) => void;
  onHub: () => void;
}

interface DownloadProgressProps {
  download: Download;
  /** Bytes of one tile. */
  tile: number;
  /** Absent for those who may only watch. */
  actions: DownloadActions | undefined;
  /** It stands under its own name already. */
  isNamed?: boolean;
}

/** How far a download is, why it does not go on, and what can be done about it. */
export function DownloadProgress({ download, tile, actions, isNamed }: DownloadProgressProps) {
  const { name, state, bytes, total, verifiedFiles, files } = download;
  const figures = `${byteCount(bytes)} of ${byteCount(total)}`;
  const bar = state === "failed" ? "failed" : state === "running" ? "live" : "held";
  return (
    <div className="mt-2 grid gap-1">
      <ProgressTiles
        value={bytes}
        total={total}
        tile={tile}
        state={bar}
        label={`Download of ${name}`}
        valueText={`${figures}, ${words[state]}`}
      />
      <div className="flex min-h-6.5 flex-wrap items-center gap-x-2 gap-y-1 text-small">
        <Status download={download} />
        {!isNamed && <code className="min-w-0 truncate text-micro text-fg-subtle max-sm:hidden">{name}</code>}
        <span className="ml-auto whitespace-nowrap text-fg-subtle">
          {verifiedFiles} of {files} files checked
        </span>
        {actions && !download.elsewhere && <Controls download={download} actions={actions} />}
      </div>
    </div>
  );
}

const words: Record<Download["state"], string> = {
  queued: "waits for its turn",
  running: "is being fetched",
  paused: "paused",
  failed: "failed",
  done: "complete",
};

function Status({ download }: { download: Download }) {
  const { state, bytes, total, reason } = download;
  const marks: Partial<Record<Download["state"], ReactNode>> = {
    running: <Tile status="live" />,
    queued: <Tile status="idle" />,
    paused: <Icon name="pause" size={14} className="text-fg-muted" />,
    failed: <Tile status="failed" />,
  };
  return (
    <>
      {marks[state]}
      <span className="whitespace-nowrap">
        <b>{byteCount(bytes)}</b> of {byteCount(total)}
      </span>
      {state === "failed" ? (
        <span className="min-w-0 max-sm:basis-full">
          <span className="wrap-anywhere text-danger">{reason?.message}</span>{" "}
          <span className="text-fg-muted">What is checked is kept.</span>
        </span>
      ) : (
        <span className="text-fg-muted">{paceText(download)}</span>
      )}
    </>
  );
}

/** "18.2 MB/s, 23 s left", or what it waits for. */
function paceText({ state, elsewhere, waitSeconds, bytesPerSecond, secondsLeft, reason }: Download): string {
  if (elsewhere) return "fetched by a command on the server's machine";
  if (state === "queued") return "waits for its turn";
  if (state === "paused")
    return reason ? `${reason.message} It resumes where it stopped.` : "paused, resumes where it stopped";
  if (waitSeconds) return `the hub does not answer, trying again in ${waitSeconds} s`;
  const rate = bytesPerSecond ? `${byteCount(bytesPerSecond)}/s` : "";
  const left = secondsLeft === undefined ? "" : `${timeLeft(secondsLeft)} left`;
  return [rate, left].filter(Boolean).join(", ");
}

function Controls({ download, actions }: { download: Download; actions: DownloadActions }) {
  const { name, state, reason } = download;
  const show = useShowDownload();
  const pause = useSend(() => pauseDownload(name), show);
  const resume = useSend(() => resumeDownload(name), show);
  const refused = pause.error ?? resume.error;
  const goesOn = state === "running" || state === "queued";
  return (
    <span className="flex flex-wrap items-center gap-1">
      {refused && (
        <span role="alert" className="text-danger">
          {refused.message}
        </span>
      )}
      {reason?.needs === "token" && (
        <Button size="sm" icon="key" onClick={actions.onHub}>
          Enter a token
        </Button>
      )}
      {goesOn ? (
        <IconButton size="sm" icon="pause" label={`Pause ${name}`} onClick={() => pause.send(undefined)} />
      ) : (
        <Button
          size="sm"
          icon={state === "failed" ? "again" : undefined}
          busy={resume.busy}
          aria-label={state === "failed" ? `Try ${name} again` : `Resume ${name}`}
          onClick={() => resume.send(undefined)}
        >
          {state === "failed" ? "Try again" : "Resume"}
        </Button>
      )}
      <IconButton
        size="sm"
        icon="trash"
        label={`Discard ${name}`}
        onClick={() => actions.onDiscard(download)}
      />
    </span>
  );
}
