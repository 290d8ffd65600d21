import { createStore } from "zustand/vanilla";
import { newView, type Session, type View } from "@/components/playground/session";
import type { PlaygroundColumn, PlaygroundSession } from "@/lib/playground";
import type { RunEngine } from "@/lib/playground/engine";
import { createRunner } from "@/lib/playground/runner";
import { type SavePort, startSaving } from "@/lib/playground/saver";
import { createWorkspace, type WorkspaceState } from "@/lib/playground/workspace";
import { speaking } from "./engines";

export const twoColumns: PlaygroundColumn[] = [
  { id: "a", model: "pebble-2m", engine: "browser", parameters: {} },
  { id: "b", model: "pebble-2m", engine: "server", parameters: {} },
];

const at = "2026-11-21T09:11:00.000Z";

/** A server that takes every save. */
export const willing: SavePort = {
  create: async ({ title = "" }) => ({ id: "pg_1", title, version: 1, createdAt: at, updatedAt: at }),
  save: async (id, { version, title = "" }) => ({
    saved: { id, title, version: version + 1, createdAt: at, updatedAt: at },
  }),
};

/** A server where another tab was faster. */
export function contested(current: PlaygroundSession): SavePort {
  return { ...willing, save: async () => ({ conflict: current }) };
}

interface Options {
  browser?: RunEngine;
  server?: RunEngine;
  remote?: RunEngine;
  port?: SavePort;
  state?: Partial<WorkspaceState>;
}

/** A comparison over engines in memory. */
export function openTestSession(options: Options = {}): Session {
  const { browser = speaking("positive"), server = speaking("positive"), remote = server } = options;
  const workspace = createWorkspace({ columns: twoColumns, ...options.state });
  const runner = createRunner(workspace, {
    engines: { browser, server, remote },
    onBrowserAnswer: () => undefined,
  });
  const saver = startSaving(workspace, options.port ?? willing, 10);
  const view = createStore<View>(() => ({ ...newView, rail: "parameters" }));
  return {
    workspace,
    runner,
    saver,
    view,
    know: () => undefined,
    close() {
      runner.stopAll();
      saver.stop();
    },
  };
}
