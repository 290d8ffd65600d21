import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeFolder, startWorkbench, type Workbench } from "./workbench";

let bench: Workbench;

beforeAll(async () => {
  bench = await startWorkbench({
    ADMIN_EMAIL: "mira@desk.example",
    ADMIN_PASSWORD: "eleven tiles and a mark",
  });
});
afterAll(async () => {
  await bench.stop();
  removeFolder(bench.dataDir);
});

/** A request as it is on the wire, without what fetch would correct. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  const { port } = new URL(bench.url);
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let body = "";
      response.on("data", (data) => (body += data));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    call.on("error", reject);
    call.end();
  });
}

describe("the server in front", () => {
  it("refuses an absolute request target, which Next would fetch", async () => {
    expect((await raw("http://169.254.169.254/latest/meta-data")).status).toBe(400);
    expect((await raw("//evil.example/")).status).toBe(400);
  });

  it("answers no foreign host name, so that no page elsewhere becomes our origin", async () => {
    expect((await raw("/api/health", { host: "evil.example" })).status).toBe(421);
    expect((await raw("/api/health", { host: `localhost:${new URL(bench.url).port}` })).status).toBe(200);
  });

  it("believes no internal header of a client", async () => {
    const answer = await raw("/api/keys", {
      "x-middleware-subrequest": "src/middleware:src/middleware",
      "x-tessera-remote": "1.2.3.4",
      "x-request-id": "mine",
    });
    expect(answer.status).toBe(401);
    expect(answer.headers["x-request-id"]).not.toBe("mine");
  });

  it("closes an upgrade", async () => {
    await expect(raw("/", { connection: "upgrade", upgrade: "websocket" })).rejects.toThrow();
  });

  it("sends pages with a policy that allows no inline script", async () => {
    const page = await raw("/sign-in");
    const policy = String(page.headers["content-security-policy"]);
    const scripts = policy.split("; ").find((part) => part.startsWith("script-src"));
    expect(scripts).not.toContain("unsafe-inline");
    expect(scripts).not.toContain("'unsafe-eval'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    const tags = page.body.match(/<script[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(3);
    expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    expect(page.headers["x-frame-options"]).toBe("DENY");
    expect(page.headers["x-powered-by"]).toBeUndefined();
  });

  it("tells anyone that it is well, and nothing more", async () => {
    expect(JSON.parse((await raw("/api/health")).body)).toEqual({ status: "ok" });
  });
});
