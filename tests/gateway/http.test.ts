import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gatewayLoad } from "@/lib/gateway/load";
import { cookieOf } from "../support/context";
import { says } from "../support/upstream";
import { chat, expectNoWork, type Harness, refusalOf, startHarness } from "./harness";

let gateway: Harness;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

describe("HTTP", () => {
  const auth = () => ({ authorization: `Bearer ${gateway.key}` });

  it("404 for an unknown address, 405 with Allow for a wrong method", async () => {
    for (const path of ["/", "/nothing", "/chat", "/models/", "/chat/completions/", "/toString"]) {
      const response = await fetch(gateway.baseUrl + path, { headers: auth() });
      expect(await refusalOf(response)).toMatchObject({
        status: 404,
        type: "not_found_error",
        code: "unknown_url",
      });
    }
    const wrong = await fetch(`${gateway.baseUrl}/chat/completions`, { headers: auth() });
    expect(wrong.headers.get("allow")).toBe("POST, OPTIONS");
    expect(await refusalOf(wrong)).toMatchObject({ status: 405, type: "invalid_request_error" });
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      expect((await fetch(`${gateway.baseUrl}/models`, { method, headers: auth() })).status).toBe(405);
    }
  });

  it("HEAD answers without a body, OPTIONS with Allow and without any CORS header", async () => {
    const head = await fetch(`${gateway.baseUrl}/models`, { method: "HEAD", headers: auth() });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const options = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example" },
    });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    for (const response of [head, options]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  it("415 for other content types and for compressed bodies", async () => {
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
      { "content-encoding": "gzip" },
    ]) {
      const response = await gateway.post(
        "/chat/completions",
        chat(),
        headers as unknown as Record<string, string>,
      );
      expect(response.status).toBe(415);
    }
    await expectNoWork(gateway);
  });

  it("401 without a key, with a key in the URL and with a damaged header", async () => {
    const plain = { "content-type": "application/json" };
    const tries: [string, Record<string, string>][] = [
      ["", {}],
      [`?api_key=${gateway.key}`, {}],
      ["", { authorization: gateway.key }],
      ["", { authorization: `Basic ${gateway.key}` }],
      ["", { "x-api-key": gateway.key }],
      ["", { "api-key": gateway.key }],
      ["", { authorization: `Bearer ${gateway.key.slice(0, -1)}` }],
    ];
    for (const [query, headers] of tries) {
      const response = await fetch(`${gateway.baseUrl}/chat/completions${query}`, {
        method: "POST",
        headers: { ...plain, ...headers },
        body: JSON.stringify(chat()),
      });
      expect(await refusalOf(response)).toMatchObject({ status: 401, type: "authentication_error" });
    }
    await expectNoWork(gateway);
  });

  it("carries a request id, the invocation's id and no caching", async () => {
    const response = await gateway.post("/chat/completions", chat());
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const [row] = await gateway.rows();
    expect(row).toMatchObject({
      id: response.headers.get("x-tessera-invocation"),
      requestId: response.headers.get("x-request-id"),
    });
  });

  it("joins the caller's trace", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    await gateway.post("/chat/completions", chat(), { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    await gateway.post("/chat/completions", chat(), {
      traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
    });
    const rows = await gateway.rows();
    expect(rows[0]?.traceId).toBe(traceId);
    expect(rows[1]?.traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  });

  it("takes the session cookie from our own pages only", async () => {
    const cookie = await cookieOf(gateway.admin);
    const send = (headers: Record<string, string>) =>
      fetch(`${gateway.baseUrl}/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie, ...headers },
        body: JSON.stringify(chat()),
      });
    expect((await send({ origin: "http://127.0.0.1:3000", "x-tessera-source": "playground" })).status).toBe(
      200,
    );
    expect(await refusalOf(await send({ origin: "https://evil.example" }))).toMatchObject({
      status: 403,
      type: "permission_error",
    });
    expect((await send({})).status).toBe(403);
    expect((await gateway.rows()).map(({ source, keyId }) => [source, keyId])).toEqual([
      ["playground", null],
    ]);
  });

  it("refuses calls beyond its limit with 503 and Retry-After, and takes them again afterwards", async () => {
    gateway.upstream.use(says(["slow"], { everyMs: 300 }));
    gatewayLoad().limit = 2;
    try {
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => gateway.post("/chat/completions", chat({ stream: true }))),
      );
      const refused = answers.filter(({ status }) => status === 503);
      expect(refused).toHaveLength(3);
      expect(refused.every((response) => response.headers.get("retry-after") === "1")).toBe(true);
      await Promise.all(answers.map((response) => response.text()));
      expect((await gateway.post("/chat/completions", chat())).status).toBe(200);
    } finally {
      gatewayLoad().limit = 512;
    }
    expect(gatewayLoad().active.size).toBe(0);
  });

  it("survives a client that sends half a request and leaves", async () => {
    const socket = connect(gateway.port, "127.0.0.1");
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gateway.key}\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"model":`,
    );
    await new Promise((done) => setTimeout(done, 100));
    socket.destroy();
    expect((await gateway.post("/chat/completions", chat())).status).toBe(200);
  });
});

describe("the playground's own figures", () => {
  it("come on chunks only for the playground", async () => {
    const body = chat({ stream: true, stream_options: { include_usage: true } });
    const plain = await (await gateway.post("/chat/completions", body)).text();
    expect(plain).not.toContain("tessera");
    const own = await (
      await gateway.post("/chat/completions", body, { "x-tessera-source": "playground" })
    ).text();
    const chunks = own
      .split("\n\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice(6)));
    expect(chunks[0].tessera).toEqual({ tokens: 0, engine: { kind: "remote", device: "up" } });
    expect(chunks[1].tessera).toEqual({ tokens: 0 });
    expect(own.trimEnd().endsWith("data: [DONE]")).toBe(true);
  });

  it("never show where a connection leads", async () => {
    const answers = await Promise.all([
      gateway.post("/chat/completions", chat({ stream: true }), { "x-tessera-source": "playground" }),
      fetch(`${gateway.baseUrl}/models`, { headers: auth() }),
    ]);
    function auth() {
      return { authorization: `Bearer ${gateway.key}` };
    }
    for (const answer of answers) expect(await answer.text()).not.toContain(String(gateway.upstream.port));
    expect(JSON.stringify(await gateway.rows())).not.toContain(String(gateway.upstream.port));
  });
});
