import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import { expect } from "vitest";
import { allUsers, defaultSchemaId } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { invocationJournal } from "@/lib/gateway/invocations";
import { createConnection, handleV1, startGateway, stopGateway } from "@/lib/gateway/server";
import { forgetUpstreams } from "@/lib/gateway/upstreams";
import { grantTo, testContext, testKey } from "../support/context";
import { startUpstream, type Upstream } from "../support/upstream";

export interface Harness {
  upstream: Upstream;
  /** Of the gateway, with `/v1`. */
  baseUrl: string;
  port: number;
  server: Server;
  dataDir: string;
  /** An administrator over a fresh database, with the connection `up` to the mock upstream. */
  admin: Context;
  key: string;
  client(key?: string): OpenAI;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The rows of the database, once the journal is empty. */
  rows(): ReturnType<typeof findRows>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

async function findRows() {
  await invocationJournal().drain();
  return (await db()).prisma.invocation.findMany({ orderBy: { id: "asc" } });
}

export const upstreamKey = "sk-upstream-0123456789abcdef";

/** A chat model of this server by name only: for what is decided before an engine is asked. */
function writeManifest(dataDir: string): void {
  const folder = join(dataDir, "models", "paper");
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: "paper",
    task: "chat",
    description: "A manifest without a model",
    license: "Apache-2.0",
    parameters: 1,
    context: 8,
    files: [],
  };
  writeFileSync(join(folder, "tessera.json"), JSON.stringify(manifest));
}

/** The gateway on a free port, in front of a mock upstream. */
export async function startHarness(): Promise<Harness> {
  const dataDir = mkdtempSync(join(tmpdir(), "tessera-gateway-"));
  process.env.DATA_DIR = dataDir;
  process.env.ALLOW_PRIVATE_HOSTS = "127.0.0.1";
  dropSingle("core.safe-dispatcher");
  dropSingle("inference.manifests");
  writeManifest(dataDir);
  const upstream = await startUpstream();
  const server = createServer((request, response) => void handleV1(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/v1`;

  const harness: Harness = {
    upstream,
    baseUrl,
    port,
    server,
    dataDir,
    admin: undefined as never,
    key: "",
    client: (key = harness.key) => new OpenAI({ apiKey: key, baseURL: baseUrl, maxRetries: 0 }),
    post: (path, body, headers = {}) =>
      fetch(`${baseUrl}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${harness.key}`, ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    rows: findRows,
    reset: async () => {
      await invocationJournal().drain();
      harness.admin = await testContext({ role: "admin" });
      harness.key = await testKey(harness.admin);
      forgetUpstreams();
      const { id } = await createConnection(harness.admin, {
        name: "up",
        baseUrl: upstream.baseUrl,
        apiKey: upstreamKey,
        models: ["chat", "embed-small", "nested/model"],
      });
      // Members may call everything here; what they may not is tested with the rights themselves.
      await grantTo(allUsers, defaultSchemaId, "EXECUTE");
      await grantTo(allUsers, id, "USE CONNECTION");
      upstream.calls.length = 0;
      upstream.use((await import("../support/upstream")).scenarios.hello);
      await startGateway();
    },
    close: async () => {
      await stopGateway({ drainMs: 500 });
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await upstream.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await harness.reset();
  return harness;
}

export const messages = [{ role: "user", content: "Hi" }];

/** A chat body for the harness's upstream. */
export const chat = (extra: object = {}) => ({ model: "up/chat", messages, ...extra });

/** Status and error of a refused call. */
export async function refusalOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { message: string; type: string; param: string | null; code: string | null };
  };
  return { status: response.status, ...error };
}

/** Nothing was asked of the upstream and nothing counts as a call. */
export async function expectNoWork(gateway: Harness): Promise<void> {
  expect(gateway.upstream.calls).toHaveLength(0);
  expect(await gateway.rows()).toHaveLength(0);
}
