import "server-only";
import { createHash } from "node:crypto";
import { type ConnectedModel, connectedModels } from "@/lib/gateway/server";
import { runsInBrowser, weightBytesOf } from "@/lib/inference/server";
import { type UsableModel, usableModels } from "@/lib/models/server";
import { cardMetrics } from "./card-metrics";
import type { Signature, VersionFile, VersionSource } from "./schema";

/** What calls reach now under a name. */
export interface Usable {
  servedAs: string;
  fingerprint: string;
  description: string;
  source: VersionSource;
  files: VersionFile[];
  signature: Signature;
  parameters: number | undefined;
  license: string;
  metrics: ReturnType<typeof cardMetrics>;
  inBrowser: boolean;
  weightBytes: number | undefined;
}

/** Everything that can be called: by the name that calls use. */
export async function findUsable(): Promise<Map<string, Usable>> {
  const [local, connected] = await Promise.all([usableModels(), connectedModels()]);
  const all = [...local.map(fromServer), ...connected.map(fromConnection)];
  return new Map(all.map((usable) => [usable.servedAs, usable]));
}

function signatureOf(task: Signature["task"], facts: { context?: number; dimensions?: number }): Signature {
  const { context, dimensions } = facts;
  const shape = dimensions === undefined ? {} : { shape: [dimensions] };
  const values =
    task === "chat"
      ? { inputs: [{ name: "messages", type: "messages" }], outputs: [{ name: "message", type: "text" }] }
      : {
          inputs: [{ name: "input", type: "text" }],
          outputs: [{ name: "embedding", type: "float32", ...shape }],
        };
  return { task, ...values, ...(context === undefined ? {} : { context }) };
}

function fromServer({ manifest, origin }: UsableModel): Usable {
  const { name, task, description, license, context, dimensions, files, source, dtype, scores } = manifest;
  const weights = dtype === undefined ? {} : { weights: dtype };
  // Hubs and folders often do not say how many there are; only a model without files has none.
  const isUnknown = manifest.parameters === 0 && files.length > 0;
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    servedAs: name,
    fingerprint: hashOf([name, ...sorted.map(({ path, size, sha256 }) => `${path} ${size} ${sha256}`)]),
    description,
    license,
    source: source
      ? { origin: "hub", ...source, ...weights }
      : { origin: origin === "imported" ? "import" : "built-in", ...weights },
    files: sorted,
    signature: signatureOf(task, { context, dimensions }),
    parameters: isUnknown ? undefined : manifest.parameters,
    metrics: cardMetrics(scores),
    inBrowser: runsInBrowser(manifest),
    weightBytes: weightBytesOf(manifest),
  };
}

function fromConnection({ name, task, description, connection, model }: ConnectedModel): Usable {
  return {
    servedAs: name,
    fingerprint: hashOf(["connection", connection.id, model]),
    description,
    license: "unknown",
    source: { origin: "connection", connectionId: connection.id, connection: connection.name, model },
    files: [],
    signature: signatureOf(task, {}),
    parameters: undefined,
    metrics: [],
    inBrowser: false,
    weightBytes: undefined,
  };
}

const hashOf = (lines: readonly string[]) => createHash("sha256").update(JSON.stringify(lines)).digest("hex");
