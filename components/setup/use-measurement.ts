"use client";
import { useQuery } from "@tanstack/react-query";
import type { ServedModel } from "@/lib/gateway";
import { builtInModels } from "@/lib/inference";
import { measureBrowser, measureEmbeddings, measureServer } from "./measure";

interface Part {
  /** Absent while it is measured. */
  value?: number | null;
  failure?: string;
  busy: boolean;
}

export interface Measurement {
  server: Part;
  browser: Part | undefined;
  again: () => void;
}

/** Runs a model for a moment: on the server first, then in this browser, so that neither slows the other. */
export function useMeasurement(model: ServedModel, turn: boolean): Measurement {
  // A large model is fetched into a browser only when somebody asks for it.
  const runsHere = model.inBrowser && builtInModels.includes(model.id);
  const fixed = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const;
  const server = useQuery({
    ...fixed,
    queryKey: ["measured", "server", model.id],
    queryFn: ({ signal }) =>
      model.task === "chat" ? measureServer(model.id, signal) : measureEmbeddings(model.id, signal),
    enabled: turn,
  });
  const browser = useQuery({
    ...fixed,
    queryKey: ["measured", "browser", model.id],
    queryFn: ({ signal }) => measureBrowser(model.id, signal),
    enabled: turn && runsHere && !server.isPending,
  });
  const part = (query: typeof server | typeof browser): Part => ({
    value: query.data,
    failure: query.error?.message,
    busy: query.isFetching || (turn && query.isPending),
  });
  return {
    server: part(server),
    browser: runsHere ? part(browser) : undefined,
    again: () => {
      if (server.isError) void server.refetch();
      if (browser.isError) void browser.refetch();
    },
  };
}

/** Whether the next model may start. */
export function isMeasured({ server, browser }: Measurement): boolean {
  return !server.busy && !browser?.busy;
}

/** "41 tokens/s in this browser, 58 on the server" */
export function measuredWords({ server, browser }: Measurement, unit: string): string {
  const figure = (value: number | null | undefined) =>
    value === null || value === undefined ? undefined : rounded(value);
  const here = figure(browser?.value);
  const there = figure(server.value);
  if (here && there) return `Measured here: ${here} ${unit} in this browser, ${there} on the server.`;
  if (there) return `Measured here: ${there} ${unit}${browser ? " on the server" : ""}.`;
  if (here) return `Measured here: ${here} ${unit} in this browser.`;
  return "Not measured: its answers were too short.";
}

function rounded(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString("en-US") : value.toFixed(1);
}
