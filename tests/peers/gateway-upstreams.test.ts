import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findConnections, testConnection, updateConnection } from "@/lib/gateway/server";
import { type Harness, startHarness, upstreamKey } from "../gateway/harness";
import { json, startUpstream, type Upstream } from "../support/upstream";

let gateway: Harness;
let attacker: Upstream;
beforeAll(async () => {
  gateway = await startHarness();
  attacker = await startUpstream();
});
afterAll(async () => {
  await attacker.close();
  await gateway.close();
});
beforeEach(async () => {
  await gateway.reset();
  attacker.calls.length = 0;
});

const chat = (extra: object = {}) => ({
  model: "up/chat",
  messages: [{ role: "user", content: "Hi" }],
  ...extra,
});
const connection = async () => (await findConnections(gateway.admin))[0] ?? expect.fail("no connection");

it("CVE-2024-6587: no field of a request can send the stored key to another address", async () => {
  for (const field of [
    "api_base",
    "base_url",
    "baseURL",
    "api_key",
    "custom_llm_provider",
    "extra_headers",
    "headers",
  ]) {
    const response = await gateway.post("/chat/completions", chat({ [field]: attacker.baseUrl }));
    expect([response.status, (await response.json()).error.param]).toEqual([400, field]);
  }
  expect([attacker.calls.length, gateway.upstream.calls.length]).toEqual([0, 0]);
});

it("CVE-2026-41487: a changed base URL loses the stored key instead of sending it there", async () => {
  const { id } = await connection();
  const moved = await updateConnection(gateway.admin, id, { version: 1, baseUrl: attacker.baseUrl });
  expect(moved.keyLast4).toBeNull();
  expect((await gateway.post("/chat/completions", chat())).status).toBe(200);
  expect(attacker.calls).toHaveLength(1);
  expect(JSON.stringify(attacker.calls[0]?.headers)).not.toContain(upstreamKey);
  // Moving it back does not bring the key back either.
  const back = await updateConnection(gateway.admin, id, { version: 2, baseUrl: gateway.upstream.baseUrl });
  expect(back.keyLast4).toBeNull();
});

it("CVE-2026-41487: testing another base URL does not send the stored key there", async () => {
  const { id } = await connection();
  attacker.use(json(200, { data: [] }));
  for (const baseUrl of [attacker.baseUrl, `${attacker.baseUrl}/deeper`]) {
    await testConnection(gateway.admin, { id, baseUrl });
  }
  expect(attacker.calls).toHaveLength(2);
  expect(JSON.stringify(attacker.calls.map(({ headers }) => headers))).not.toContain(upstreamKey);
});

it("CVE-2026-45401: a redirect is not followed, and no credential goes with it", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    gateway.upstream.use((_, response) => {
      response.writeHead(status, { location: `${attacker.baseUrl}/chat/completions` }).end();
    });
    const response = await gateway.post("/chat/completions", chat());
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain(String(attacker.port));
  }
  expect(attacker.calls).toHaveLength(0);
});

it("CVE-2026-45400, CVE-2026-31943: no spelling of a private address gets past the check", async () => {
  const forms = [
    "http://[::ffff:a9fe:a9fe]/v1",
    "http://0xa9fea9fe/v1",
    "http://2852039166/v1",
    "http://[64:ff9b::a9fe:a9fe]/v1",
    "http://169.254.169.254\\@api.example.com/v1",
  ];
  for (const baseUrl of forms) {
    const result = await testConnection(gateway.admin, { baseUrl }).catch((error: unknown) => error);
    expect(result).toMatchObject({ message: expect.stringMatching(/not a public address|no user name/i) });
  }
});
