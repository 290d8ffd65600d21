import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as FETCH } from "@/app/api/prompts/[name]/route";
import { Prompt, Tessera, TesseraError, type TesseraOptions } from "@/clients/typescript/src";
import { changeGrants } from "@/lib/catalog/server";
import { isAppError } from "@/lib/core";
import { promptContent } from "@/lib/prompts";
import { moveAlias } from "@/lib/prompts/server";
import { render } from "@/lib/prompts/template/render";
import { Random } from "../access/model/random";
import { revoking } from "../catalog/support";
import { testKey } from "../support/context";
import { allow, freshLibrary, make } from "./library";

const fetched = (version: number, words = `Version ${version} {{a}}`) => {
  const resolved = promptContent.parse({ type: "text", text: words });
  return {
    ...{ id: "pmt_1", name: "m.s.p", version, alias: "production", aliases: [], message: "", createdAt: "" },
    ...{ content: resolved, resolved, includes: [], variables: [], placeholders: [] },
  };
};

type Answer = () => Response | Promise<Response>;
const answer = (version: number, cacheControl = "private, max-age=60", etag = `"${version}"`): Answer => {
  return () => Response.json(fetched(version), { headers: { etag, "cache-control": cacheControl } });
};
const refusal = (status: number, code: string): Answer => {
  return () => Response.json({ error: { code, message: `It is ${code}.` } }, { status });
};
const away: Answer = () => Promise.reject(new TypeError("fetch failed"));

let directory: string;
let next: Answer;
let requests: { url: string; headers: Headers }[];
let outages: string[];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  directory = mkdtempSync(join(tmpdir(), "tessera-client-"));
  requests = [];
  outages = [];
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true });
});

const client = (more: Partial<TesseraOptions> = {}) =>
  new Tessera({
    url: "http://workbench.test",
    key: "tsk_one",
    onOutage: ({ code }) => outages.push(code),
    fetch: async (input, init) => {
      requests.push({ url: String(input), headers: new Headers(init?.headers) });
      return next();
    },
    ...more,
  });
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const facts = async (work: Promise<Prompt>) => {
  const { version, source } = await work;
  return `${version} ${source}`;
};

describe("the client", () => {
  it("asks once while a prompt is fresh, and once for all who ask together", async () => {
    next = answer(1);
    const tessera = client();
    const [one, other] = await Promise.all([tessera.prompt("m.s.p"), tessera.prompt("m.s.p")]);
    expect([one.version, other.version]).toEqual([1, 1]);
    pass(59);
    expect(await facts(tessera.prompt("m.s.p"))).toBe("1 cache");
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe("http://workbench.test/api/prompts/m.s.p?");
    expect(requests[0]?.headers.get("authorization")).toBe("Bearer tsk_one");
  });

  it("gives the one at hand while it asks for a newer one, and waits once that is too old", async () => {
    next = answer(1);
    const tessera = client({ staleSeconds: 100 });
    await tessera.prompt("m.s.p", { alias: "production" });
    next = answer(2);
    pass(61);
    expect(await facts(tessera.prompt("m.s.p", { alias: "production" }))).toBe("1 cache");
    await vi.waitFor(async () =>
      expect(await facts(tessera.prompt("m.s.p", { alias: "production" }))).toBe("2 cache"),
    );
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers.get("if-none-match")).toBe('"1"');
    next = answer(3);
    pass(161);
    expect(await facts(tessera.prompt("m.s.p", { alias: "production" }))).toBe("3 network");
  });

  it("takes a 304 for the same again", async () => {
    next = answer(1);
    const tessera = client({ staleSeconds: 0 });
    const first = await tessera.prompt("m.s.p");
    next = () => new Response(null, { status: 304, headers: { "cache-control": "private, max-age=60" } });
    pass(61);
    const again = await tessera.prompt("m.s.p");
    expect(again.resolved).toBe(first.resolved);
    pass(59);
    expect(await facts(tessera.prompt("m.s.p"))).toBe("1 cache");
    expect(requests).toHaveLength(2);
  });

  it("asks for a version once and for all", async () => {
    next = answer(7, "private, max-age=31536000, immutable");
    const tessera = client({ directory });
    await tessera.prompt("m.s.p", { version: 7 });
    pass(10 * 365 * 86_400);
    expect(await facts(tessera.prompt("m.s.p", { version: 7 }))).toBe("7 cache");
    expect(await facts(client({ directory }).prompt("m.s.p", { version: 7 }))).toBe("7 cache");
    expect(requests.map(({ url }) => url)).toEqual(["http://workbench.test/api/prompts/m.s.p?version=7"]);
  });

  it.each([
    ["is away", away, "unreachable"],
    ["fails", refusal(503, "unavailable"), "unavailable"],
    ["asks to wait", refusal(429, "rate_limited"), "rate_limited"],
    ["is hidden behind something else", () => new Response("<html>"), "upstream"],
  ])("gives the last known good one when the workbench %s, also after a restart", async (_, broken, code) => {
    next = answer(1);
    const tessera = client({ directory, staleSeconds: 0 });
    await tessera.prompt("m.s.p");
    next = broken;
    pass(100_000);
    expect(await facts(tessera.prompt("m.s.p"))).toBe("1 last-known-good");
    expect(outages).toEqual([code]);
    const asked = requests.length;
    expect(await facts(tessera.prompt("m.s.p"))).toBe("1 last-known-good");
    expect(requests).toHaveLength(asked);
    expect(await facts(client({ directory }).prompt("m.s.p"))).toBe("1 last-known-good");
    await expect(client({ directory, key: "tsk_other" }).prompt("m.s.p")).rejects.toMatchObject({ code });
    await expect(client().prompt("m.s.p")).rejects.toBeInstanceOf(TesseraError);
    next = answer(2);
    pass(11);
    expect(await facts(tessera.prompt("m.s.p"))).toBe("2 network");
  });

  it.each([
    [401, "unauthenticated"],
    [403, "forbidden"],
    [404, "not_found"],
  ])("gives nothing after a %i, and keeps no copy", async (status, code) => {
    next = answer(1);
    const tessera = client({ directory });
    await tessera.prompt("m.s.p");
    expect(readdirSync(directory)).toHaveLength(1);
    next = refusal(status, code);
    pass(61);
    await tessera.prompt("m.s.p");
    await vi.waitFor(() => expect(readdirSync(directory)).toEqual([]));
    await expect(tessera.prompt("m.s.p")).rejects.toMatchObject({ status, code, message: `It is ${code}.` });
    next = away;
    pass(3_600);
    await expect(tessera.prompt("m.s.p")).rejects.toMatchObject({ code: "unreachable" });
    expect(outages).toEqual([]);
  });

  it("reads no copy that was cut, and lets nobody else read one", async () => {
    next = answer(1);
    await client({ directory }).prompt("m.s.p");
    const [name = ""] = readdirSync(directory);
    expect(name).toMatch(/^[0-9a-f]{64}\.json$/);
    expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
    expect(readFileSync(join(directory, name), "utf8")).not.toContain("tsk_one");
    writeFileSync(join(directory, name), readFileSync(join(directory, name), "utf8").slice(0, 40));
    next = away;
    await expect(client({ directory }).prompt("m.s.p")).rejects.toMatchObject({ code: "unreachable" });
  });

  it("tells when a copy cannot be written, and goes on", async () => {
    next = answer(1);
    writeFileSync(join(directory, "file"), "");
    expect(await facts(client({ directory: join(directory, "file") }).prompt("m.s.p"))).toBe("1 network");
    expect(outages).toEqual(["disk"]);
  });

  it("keeps so many and no more, and what it gives cannot be changed", async () => {
    next = answer(1);
    const tessera = client({ entries: 2 });
    for (const name of ["m.s.a", "m.s.b", "m.s.c", "m.s.a"]) await tessera.prompt(name);
    expect(requests).toHaveLength(4);
    const prompt = await tessera.prompt("m.s.a");
    expect(() => Object.assign(prompt.resolved, { text: "x" })).toThrow(TypeError);
    await expect(tessera.prompt("m.s.p", { alias: "a", version: 1 })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

describe("filling in", () => {
  it("does what the workbench does, for anything", () => {
    const values = ["x", "{{b}}", "$&", "3", "true", 1.5, false, Number.NaN, ""];
    const pieces = ["{{a}}", "{{ b }}", "{{c}}", "{{constructor}}", "{", "}", " and ", "{{ no mark", "\n"];
    for (let seed = 0; seed < 500; seed++) {
      const random = new Random(seed);
      const words = () => Array.from({ length: random.below(6) }, () => random.pick(pieces)).join("");
      const type = () =>
        random.pick([
          { type: "text" },
          { type: "number" },
          { type: "boolean" },
          { type: "choice", options: ["x", "3"] },
        ]);
      const variables = ["a", "b", "constructor"].flatMap((name) =>
        random.chance(0.5) ? [{ name, type: type(), ...(random.chance(0.4) ? { default: "3" } : {}) }] : [],
      );
      const chat = { type: "chat", messages: [{ role: "user", text: words() }, { placeholder: "history" }] };
      const resolved = promptContent.parse({
        ...(random.chance(0.5) ? chat : { type: "text", text: words() }),
        variables,
      });
      const given = Object.fromEntries(
        ["a", "b", "c", "constructor"].flatMap((name) =>
          random.chance(0.7) ? [[name, random.pick(values)]] : [],
        ),
      );
      const history = { history: [{ role: "user" as const, content: "{{a}}" }] };
      const placeholders = random.chance(0.8) ? history : {};
      const attempt = <Result>(work: () => Result) => {
        try {
          return work();
        } catch (error) {
          if (!isAppError(error) && !(error instanceof TesseraError)) throw error;
          return { code: error.code, details: error.details };
        }
      };
      const prompt = new Prompt(
        {
          ...fetched(1),

          resolved,
          variables: resolved.variables,
          placeholders: resolved.type === "chat" ? ["history"] : [],
        },
        "network",
      );
      const theirs = attempt(() => render(resolved, given, placeholders));
      expect(
        attempt(() => prompt.render(given, placeholders)),
        `seed ${seed}`,
      ).toMatchObject(theirs);
    }
  });
});

describe("against the workbench itself", () => {
  it("fetches with the rights of its key, and gives nothing once they are gone", async () => {
    vi.useRealTimers();
    const { admin, member } = await freshLibrary();
    const made = await make(admin, "triage", "Sort {{ticket}}.");
    await moveAlias(admin, made.fullName, "production", { version: 1, from: null, why: "" });
    await allow(member, made, "EXECUTE");
    const key = await testKey(member);
    const tessera = new Tessera({
      url: "http://127.0.0.1:3000",
      key: async () => key,
      staleSeconds: 0,
      fetch: (input, init) =>
        FETCH(new Request(input, init), { params: Promise.resolve({ name: made.fullName }) }),
    });
    const prompt = await tessera.prompt(made.fullName);
    expect(prompt.render({ ticket: "it" })).toMatchObject({ text: "Sort it.", model: null });
    expect(() => prompt.render()).toThrow("Values are missing for ticket.");
    await expect(tessera.prompt(made.fullName, { alias: "nightly" })).rejects.toMatchObject({ status: 404 });
    await changeGrants(admin, revoking(made.id, member.actor.userId, "EXECUTE"));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    await expect(tessera.prompt(made.fullName)).rejects.toMatchObject({ status: 404, isOutage: false });
  });
});

describe("the package", () => {
  it("holds what its source says now", () => {
    execFileSync(process.execPath, ["scripts/build-client.mjs", "--check"], { stdio: "pipe" });
  });

  it("depends on nothing", () => {
    const description = JSON.parse(readFileSync("clients/typescript/package.json", "utf8"));
    expect(Object.keys(description)).not.toContain("dependencies");
    expect(readFileSync("clients/typescript/lib/tessera-client.js", "utf8")).not.toMatch(
      /^import\b|require\(/m,
    );
  });
});
