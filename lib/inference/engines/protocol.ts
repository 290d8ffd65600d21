import type { ChatCall, ChatEvent, EngineErrorCode, ModelManifest } from "../schema";
import type { ModelStatus } from "../status";

/** Where a model's files are: a folder on the server, a path on our own origin in the browser. */
export interface ModelSource {
  manifest: ModelManifest;
  base: string;
}

/** In the message with which a browser's worker ends when its graphics device is gone. */
export const deviceLost = "the graphics device was lost";

/** What a page or process asks of its engine's worker. */
export type WorkerRequest =
  | { type: "chat"; id: number; source: ModelSource; call: ChatCall }
  | { type: "load"; id: number; source: ModelSource }
  | { type: "abort"; id: number };

/** What the worker tells. Of a chat call the last event is `finish` or `error`. */
export type WorkerReply =
  | { type: "events"; items: { id: number; event: ChatEvent }[] }
  | { type: "loaded"; id: number; failure?: { code: EngineErrorCode; message: string } }
  | { type: "model"; status: ModelStatus }
  /** A failure that is a bug here: for the log. */
  | { type: "bug"; message: string; stack?: string };
