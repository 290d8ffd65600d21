import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET } from "@/app/api/prompts/[name]/route";
import { readKey } from "@/lib/auth/key-format";
import { type Context, revokeKey } from "@/lib/auth/server";
import { changeGrants } from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import { type FetchedPrompt, type PromptDetail, promptCreation } from "@/lib/prompts";
import { createPrompt, handlePrompt, isPromptFetch } from "@/lib/prompts/server";
import { makeSchema, revoking } from "../catalog/support";
import { apiRequest, cookieOf, testKey } from "../support/context";
import { allow, make, text } from "./library";
import { freshFetcher, move } from "./versioned";

const name = "main.default.triage";

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (isPromptFetch(request)) void handlePrompt(request, response);
    else response.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

let admin: Context;
let member: Context;
let prompt: PromptDetail;
let key: string;
beforeEach(async () => {
  ({ admin, member, prompt, key } = await freshFetcher());
});

type Headers = Record<string, string>;
const get = (path: string, headers: Headers = { authorization: `Bearer ${key}` }, method = "GET") =>
  fetch(`${origin}/api/prompts/${path}`, { method, headers });
const errorOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { error: { code: string; message: string } }).error,
});

/** The framework's route, asked the same. */
async function route(fullName: string, query: string, headers: Headers): Promise<Response> {
  const request = await apiRequest(`/api/prompts/${encodeURIComponent(fullName)}${query}`, { headers });
  return GET(request, { params: Promise.resolve({ name: fullName }) });
}

describe("a fetched prompt", () => {
  it("is production where nothing is named, and what an alias or a number means", async () => {
    const fetched = (await (await get(name)).json()) as FetchedPrompt;
    expect(fetched).toMatchObject({
      id: prompt.id,
      name,
      version: 2,
      alias: "production",
      aliases: ["production"],
      content: { text: "Version 2." },
    });
    expect(await (await get(`${name}?alias=latest`)).json()).toMatchObject({ version: 3, alias: "latest" });
    expect(await (await get(`${name}?version=1`)).json()).toMatchObject({ version: 1, alias: null });
  });

  it.each(["", "?alias=production", "?version=1"])(
    "is byte for byte that of the framework's route: %s",
    async (query) => {
      const headers = { authorization: `Bearer ${key}` };
      const [fast, slow] = await Promise.all([get(`${name}${query}`), route(name, query, headers)]);
      expect(fast.status).toBe(200);
      expect(await fast.text()).toBe(await slow.text());
      for (const header of ["etag", "cache-control", "content-type", "vary"]) {
        expect(fast.headers.get(header)).toBe(slow.headers.get(header));
      }
    },
  );

  it("may be kept for a minute by alias, for ever by number", async () => {
    expect((await get(name)).headers.get("cache-control")).toBe("private, max-age=60");
    expect((await get(`${name}?version=2`)).headers.get("cache-control")).toBe(
      "private, max-age=31536000, immutable",
    );
  });

  it("may be kept for a minute by number when something stands in it by an alias", async () => {
    const content = text(`First: {{> ${name}@production}}`);
    await make(admin, "by-alias", content);
    await make(admin, "by-number", text(`First: {{> ${name}@2}}`));
    const headers = { authorization: `Bearer ${await testKey(admin)}` };
    const fetched = await get("main.default.by-alias?version=1", headers);
    expect(fetched.headers.get("cache-control")).toBe("private, max-age=60");
    expect(await fetched.json()).toMatchObject({ resolved: { text: "First: Version 2." } });
    const fixed = await get("main.default.by-number?version=1", headers);
    expect(fixed.headers.get("cache-control")).toContain("immutable");

    await move(admin, name, "production", 3, 2);
    expect(await (await get("main.default.by-alias?version=1", headers)).json()).toMatchObject({
      resolved: { text: "First: Version 3." },
    });
  });

  it("is not sent again to whoever has it, until the alias moves", async () => {
    const etag = (await get(name)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const ask = (tag: string) => get(name, { authorization: `Bearer ${key}`, "if-none-match": tag });
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await ask(tag);
      expect([answer.status, await answer.text(), answer.headers.get("etag")]).toEqual([304, "", etag]);
    }
    expect((await ask('"other"')).status).toBe(200);
    await move(admin, name, "production", 3, 2);
    const moved = await ask(etag);
    expect([moved.status, ((await moved.json()) as FetchedPrompt).version]).toEqual([200, 3]);
  });

  it("has no body when only its head is asked for", async () => {
    const [head, whole] = await Promise.all([get(name, undefined, "HEAD"), get(name)]);
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-length")).toBe(String((await whole.arrayBuffer()).byteLength));
  });

  it("is found by a name with letters of any script, percent-encoded", async () => {
    await makeSchema(admin, "büro");
    await createPrompt(
      admin,
      promptCreation.parse({ schema: "main.büro", name: "größe", content: { type: "text", text: "x" } }),
    );
    const headers = { authorization: `Bearer ${await testKey(admin)}` };
    const answer = await get(`${encodeURIComponent("main.büro.größe")}?alias=latest`, headers);
    expect(await answer.json()).toMatchObject({ name: "main.büro.größe" });
  });

  it("is sent to the page of a signed-in person as well", async () => {
    expect((await get(name, { cookie: await cookieOf(member) })).status).toBe(200);
  });
});

describe("a fetch is refused", () => {
  it.each<[string, string, number, string]>([
    ["an alias that is not there, and nothing is given in its place", "?alias=staging", 404, "not_found"],
    ["a version that is not there", "?version=9", 404, "not_found"],
    ["an alias and a version together", "?alias=production&version=2", 400, "invalid"],
    ["a version that is no number", "?version=two", 400, "invalid"],
    ["an empty alias", "?alias=", 400, "invalid"],
    ["a name given twice", "?alias=production&alias=latest", 400, "invalid"],
    ["a name that is not known", "?label=production", 400, "invalid"],
  ])("for %s, in the words of the framework's route", async (_, query, status, code) => {
    const fast = await errorOf(await get(`${name}${query}`));
    expect(fast).toMatchObject({ status, code });
    const slow = await errorOf(await route(name, query, { authorization: `Bearer ${key}` }));
    expect(fast.message).toBe(slow.message);
  });

  it("without an account, and with a key that has ended, on the next request", async () => {
    expect(await errorOf(await get(name, {}))).toMatchObject({ status: 401, code: "unauthenticated" });
    expect((await get(name)).status).toBe(200);
    const read = readKey(key);
    await revokeKey(member, "wrong" in read ? "" : read.id);
    expect((await get(name)).status).toBe(401);
  });

  it("on the next request once EXECUTE is taken back, like one that is not there", async () => {
    expect((await get(name)).status).toBe(200);
    await changeGrants(admin, revoking(prompt.id, member.actor.userId, "EXECUTE"));
    const gone = await errorOf(await get(name));
    const never = await errorOf(await get("main.default.never"));
    expect(gone).toEqual({ ...never, request_id: expect.any(String) });
    expect(gone.status).toBe(404);
  });

  it("on the next request once EXECUTE on what stands in it is taken back", async () => {
    const outer = await make(admin, "outer", text(`{{> ${name}@production}}`));
    await allow(member, outer, "EXECUTE");
    expect((await get(`${outer.fullName}?version=1`)).status).toBe(200);
    await changeGrants(admin, revoking(prompt.id, member.actor.userId, "EXECUTE"));
    expect((await get(`${outer.fullName}?version=1`)).status).toBe(404);
  });

  it("with 403 where the prompt may be known but not read, and the refusal is recorded", async () => {
    await changeGrants(admin, revoking(prompt.id, member.actor.userId, "EXECUTE"));
    await allow(member, prompt, "MODIFY");
    expect(await errorOf(await get(name))).toMatchObject({ status: 403, code: "forbidden" });
    const rows = await (await db()).prisma.auditEvent.findMany({ where: { actionName: "refused" } });
    expect(rows).toMatchObject([{ statusCode: 403 }]);
  });

  it("for a name that is not UTF-8", async () => {
    expect(await errorOf(await get("%E0%A4%A"))).toMatchObject({ status: 400, code: "invalid" });
  });
});

it("everything else under the same path is the framework's", async () => {
  for (const path of ["", `${name}/detail`, `${name}/versions?before=3`]) {
    expect((await get(path)).status).toBe(418);
  }
  expect((await get(name, {}, "DELETE")).status).toBe(418);
});
