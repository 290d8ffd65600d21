import { beforeEach, describe, expect, it } from "vitest";
import { GET as DETAIL } from "@/app/api/prompts/[name]/detail/route";
import { POST as MERGE, GET as PREVIEW } from "@/app/api/prompts/[name]/draft/merge/route";
import { DELETE as DISCARD, GET as DRAFT, PUT as SAVE } from "@/app/api/prompts/[name]/draft/route";
import { POST as RENDER } from "@/app/api/prompts/[name]/render/route";
import { GET as FETCH } from "@/app/api/prompts/[name]/route";
import { GET as VERSION } from "@/app/api/prompts/[name]/versions/[number]/route";
import { POST as COMMIT, GET as VERSIONS } from "@/app/api/prompts/[name]/versions/route";
import { POST as CREATE, GET as LIST } from "@/app/api/prompts/route";
import type { Context } from "@/lib/auth/server";
import { apiError } from "@/lib/core";
import {
  draft,
  fetchedPrompt,
  mergeResult,
  promptDetail,
  promptList,
  promptVersion,
  renderedPrompt,
  versionPage,
} from "@/lib/prompts";
import { moveAlias } from "@/lib/prompts/server";
import { apiRequest } from "../support/context";
import { freshLibrary } from "./library";

type Options = NonNullable<Parameters<typeof apiRequest>[1]>;
type Handler = (request: Request, segment?: { params: Promise<never> }) => Promise<Response>;

const name = "main.default.triage";
const words = "One.\n\nTwo {{a}}.\n\nThree.";

let admin: Context;
let member: Context;

async function call(
  handler: unknown,
  options: Options & { query?: string; number?: string } = {},
  params: object = { name },
) {
  const { query = "", number, ...rest } = options;
  const request = await apiRequest(`/api/prompts${query}`, { as: admin, ...rest });
  const path = { ...params, ...(number === undefined ? {} : { number }) };
  const response = await (handler as Handler)(request, { params: Promise.resolve(path as never) });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

const content = (text: string) => ({ type: "text", text });

beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
  const body = { schema: "main.default", name: "triage", content: content(words) };
  const made = await call(CREATE, { body });
  expect(made.status).toBe(201);
  promptDetail.parse(made.body);
});

describe("the routes of prompts", () => {
  it("answer in the shapes that pages and clients read", async () => {
    promptList.parse((await call(LIST)).body);
    promptDetail.parse((await call(DETAIL)).body);
    promptVersion.parse((await call(VERSION, { number: "1" })).body);
    versionPage.parse((await call(VERSIONS)).body);
    expect((await call(DRAFT)).body).toBeNull();
    const body = { content: content("x"), baseNumber: 1, revision: null };
    draft.parse((await call(SAVE, { method: "PUT", body })).body);
    mergeResult.parse((await call(PREVIEW)).body);
    const merged = await call(MERGE, { body: { message: "m", revision: 1 } });
    expect(merged.status).toBe(201);
    promptVersion.parse(merged.body);
    expect((await call(DISCARD, { method: "DELETE" })).status).toBe(204);
    fetchedPrompt.parse((await call(FETCH, { query: "?version=1" })).body);
    renderedPrompt.parse((await call(RENDER, { body: { version: 1, variables: { a: "b" } } })).body);
  });

  it("refuse an alias beside a version with 400, and never fall back", async () => {
    const statusOf = async (query: string) => (await call(FETCH, { query })).status;
    expect(await statusOf("")).toBe(404);
    expect(await statusOf("?alias=production")).toBe(404);
    expect(await statusOf("?alias=latest")).toBe(200);
    expect(await statusOf("?version=2")).toBe(404);
    expect(await statusOf("?alias=latest&version=1")).toBe(400);
    expect(await statusOf("?version=x")).toBe(400);
    expect(await statusOf("?alias=3")).toBe(400);
    expect((await call(RENDER, { body: { alias: "latest", version: 1 } })).status).toBe(400);
    await moveAlias(admin, name, "production", { version: 1, from: null, why: "" });
    expect(await statusOf("")).toBe(200);
  });

  it("name every value that is missing with 400", async () => {
    const { status, body } = await call(RENDER, { body: { version: 1 } });
    expect(status).toBe(400);
    expect(apiError.parse(body).error.details).toMatchObject([{ path: "variables.a" }]);
  });

  it("answer a conflict with the merge", async () => {
    const version = (text: string) => ({ content: content(text), message: "m", base: 1 });
    expect((await call(COMMIT, { body: version(words.replace("Two", "2")) })).status).toBe(201);
    const { status, body } = await call(COMMIT, { body: version(words.replace("Two", "II")) });
    expect(status).toBe(409);
    const merge = mergeResult.parse(apiError.parse(body).error.conflict);
    expect(merge.theirs.content).toMatchObject({ text: words.replace("Two", "2") });
    expect(merge.conflicts).toHaveLength(1);
  });

  it("refuse what is not understood with 422, field by field", async () => {
    const body = { schema: "main.default", name: "b", content: { type: "text", text: "x", more: 1 } };
    expect((await call(CREATE, { body })).status).toBe(422);
    const twice = { type: "text", text: "x", variables: [{ name: "a" }, { name: "a" }] };
    const refused = await call(CREATE, { body: { schema: "main.default", name: "b", content: twice } });
    expect(apiError.parse(refused.body).error.details).toMatchObject([{ path: "content.variables" }]);
    expect((await call(LIST, { query: "?limit=1000" })).status).toBe(422);
    expect((await call(COMMIT, { body: { content: content("x"), message: " ", base: 1 } })).status).toBe(422);
  });

  it("take a version of the greatest size, whatever it is written in", async () => {
    for (const [name, letter] of [
      ["plain", "a"],
      ["wide", "語"],
      ["escaped", "\u0001"],
    ] as const) {
      const text = letter.repeat(200_000);
      const made = await call(CREATE, { body: { schema: "main.default", name, content: content(text) } });
      expect(made.status).toBe(201);
      const { body } = await call(FETCH, { query: "?version=1" }, { name: `main.default.${name}` });
      expect(body.content.text).toBe(text);
    }
    const text = "a".repeat(200_001);
    const refused = { schema: "main.default", name: "large", content: content(text) };
    expect((await call(CREATE, { body: refused })).status).toBe(422);
  });

  it("store what jsonb cannot hold as what it can", async () => {
    const text = "a\u0000b\uD800c";
    const body = { schema: "main.default", name: "odd", content: content(text) };
    expect((await call(CREATE, { body })).status).toBe(201);
    const odd = { name: "main.default.odd" };
    expect((await call(FETCH, { query: "?version=1" }, odd)).body.content.text).toBe("a\uFFFDb\uFFFDc");
  });

  it("know nobody who is not signed in, and nothing that may not be seen", async () => {
    for (const handler of [LIST, DETAIL, FETCH, VERSIONS, DRAFT, PREVIEW]) {
      const request = await apiRequest("/api/prompts");
      const segment = { params: Promise.resolve({ name } as never) };
      expect((await (handler as Handler)(request, segment)).status).toBe(401);
      if (handler === LIST) continue;
      expect((await call(handler, { as: member })).status).toBe(404);
    }
  });
});
