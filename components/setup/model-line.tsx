"use client";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EngineBadge } from "@/components/ui/engine-badge";
import { Tile } from "@/components/ui/tile";
import type { ServedModel } from "@/lib/gateway";
import { isMeasured, type Measurement, measuredWords, useMeasurement } from "./use-measurement";

interface ModelLineProps {
  model: ServedModel;
  /** Its turn to be measured: one after the other, or the figures would share the machine. */
  turn: boolean;
  onMeasured: () => void;
}

/** One built-in model: what it is, where it runs, how fast here. */
export function ModelLine({ model, turn, onMeasured }: ModelLineProps) {
  const measurement = useMeasurement(model, turn);
  const over = turn && isMeasured(measurement);
  useEffect(() => {
    if (over) onMeasured();
  }, [over, onMeasured]);
  return (
    <li className="grid gap-0.5 border-b px-4 py-3 last:border-0">
      <div className="flex flex-wrap items-center gap-2">
        <b>{model.id}</b>
        {model.inBrowser && <EngineBadge kind="browser" />}
        <EngineBadge kind="server" />
        <b className="ml-auto">built in</b>
      </div>
      <p className="text-small text-fg-muted">
        {model.description} Licence: {model.license ?? "unknown"}.
      </p>
      <div role="status" className="mt-1 flex min-h-5 items-baseline gap-2 text-small">
        <State measurement={measurement} turn={turn} unit={model.task === "chat" ? "tokens/s" : "texts/s"} />
      </div>
    </li>
  );
}

function State({ measurement, turn, unit }: { measurement: Measurement; turn: boolean; unit: string }) {
  const { server, browser, again } = measurement;
  const failure = server.failure ?? browser?.failure;
  if (!turn) {
    return (
      <>
        <Tile status="idle" />
        <span className="text-fg-subtle">not measured yet</span>
      </>
    );
  }
  if (server.busy || browser?.busy) {
    return (
      <>
        <Tile status="live" />
        <span className="text-live">
          {server.busy ? "Measuring on the server" : "Measuring in this browser"}
        </span>
      </>
    );
  }
  if (failure !== undefined) {
    return (
      <>
        <Tile status="failed" />
        <span className="min-w-0 flex-1">
          <span className="text-danger">{failure}</span>{" "}
          <span className="text-fg-muted">
            {server.failure ? "The server did not run it." : "This browser did not run it; the server does."}
          </span>
        </span>
        <Button size="sm" icon="again" onClick={again}>
          Measure again
        </Button>
      </>
    );
  }
  return (
    <>
      <Tile status="ready" />
      <span>Ready. {measuredWords(measurement, unit)}</span>
    </>
  );
}
