import { execFile } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { routeManifest } from "@/lib/route-manifest";
import { anotherContext, testContext, testKey } from "../support/context";

const python = process.env.TESSERA_UC_PYTHON;
const base = "/api/2.1/unity-catalog";

type Handler = (request: Request, segment: { params: Promise<object> }) => Promise<Response>;

/** The handler of a path and what its brackets stand for, as the router finds them. */
function route(method: string, pathname: string): { path: string; params: object } | undefined {
  for (const entry of routeManifest.filter(({ path }) => path.startsWith(base))) {
    const pattern = new RegExp(`^${entry.path.replaceAll(/\[(\w+)\]/g, "(?<$1>[^/]+)")}$`);
    const match = entry.method === method ? pattern.exec(pathname) : null;
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return { path: entry.path, params: Object.fromEntries(params) };
  }
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return parts.length > 0 ? Buffer.concat(parts) : undefined;
}

/** The route handlers on a free port. */
async function listen() {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const found = route(request.method ?? "", url.pathname);
    if (!found) return void response.writeHead(404).end();
    const module: Record<string, Handler> = await import(join(process.cwd(), "app", found.path, "route.ts"));
    const handler = module[request.method ?? ""];
    const body = await bodyOf(request);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const init = { method: request.method ?? "", headers, ...(body ? { body: new Uint8Array(body) } : {}) };
    const answer = await handler?.(new Request(url, init), { params: Promise.resolve(found.params) });
    response.writeHead(answer?.status ?? 404, Object.fromEntries(answer?.headers ?? []));
    response.end(await answer?.text());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it.skipIf(!python)(
  "the published clients of Unity Catalog work; skipped where TESSERA_UC_PYTHON names no Python that has them",
  async () => {
    const admin = await testContext({ role: "admin" });
    const { email } = (await anotherContext({ email: "mo@example.org" })).actor;
    const { server, url } = await listen();
    try {
      const args = [
        join("tests", "conformance", "unity-catalog-client.py"),
        url,
        await testKey(admin),
        email,
      ];
      const { stdout } = await promisify(execFile)(python ?? "", args, { timeout: 300_000 });
      expect(stdout.trim().split("\n")).toEqual(["unitycatalog-client: ok", "databricks-sdk: ok"]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
  300_000,
);
