import "server-only";
import { createHash } from "node:crypto";
import { type ConnectedModel, connectedModels } from "@/lib/gateway/server";
import type { ModelManifest } from "@/lib/inference";
import { browserBytesOf, serverModels, weightBytesOf } from "@/lib/inference/server";
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
  /** What a browser fetches; absent where it cannot run there. */
  browserBytes: number | undefined;
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
  const sorted = inOrder(files);
  return {
    servedAs: name,
    fingerprint: fingerprintOf(manifest),
    description,
    license,
    source: source
      ? { origin: "hub", ...source, ...weights }
      : { origin: origin === "imported" ? "import" : "built-in", ...weights },
    files: sorted,
    signature: signatureOf(task, { context, dimensions }),
    parameters: isUnknown ? undefined : manifest.parameters,
    metrics: cardMetrics(scores),
    browserBytes: browserBytesOf(manifest),
    weightBytes: weightBytesOf(manifest),
  };
}

function fromConnection({ name, task, description, connection, model }: ConnectedModel): Usable {
  return {
    servedAs: name,
    fingerprint: connectedFingerprint(connection.id, model),
    description,
    license: "unknown",
    source: { origin: "connection", connectionId: connection.id, connection: connection.name, model },
    files: [],
    signature: signatureOf(task, {}),
    parameters: undefined,
    metrics: [],
    browserBytes: undefined,
    weightBytes: undefined,
  };
}

const inOrder = (files: readonly VersionFile[]) => [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

function fingerprintOf({ name, files }: ModelManifest): string {
  return hashOf([name, ...inOrder(files).map(({ path, size, sha256 }) => `${path} ${size} ${sha256}`)]);
}

const connectedFingerprint = (connectionId: string, model: string) =>
  hashOf(["connection", connectionId, model]);

/** What calls reach under a name now, as far as telling it apart goes: for every call, so without looking at any file. */
export async function findFingerprint(servedAs: string): Promise<string | undefined> {
  const manifest = (await serverModels()).find(({ name }) => name === servedAs);
  if (manifest) return fingerprintOf(manifest);
  const connected = (await connectedModels()).find(({ name }) => name === servedAs);
  return connected && connectedFingerprint(connected.connection.id, connected.model);
}

const hashOf = (lines: readonly string[]) => createHash("sha256").update(JSON.stringify(lines)).digest("hex");
