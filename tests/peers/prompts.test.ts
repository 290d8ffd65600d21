import { beforeEach, describe, expect, it } from "vitest";
import { PUT as DECIDE } from "@/app/api/prompt-moves/[id]/route";
import { PUT as MOVE } from "@/app/api/prompts/[name]/aliases/[alias]/route";
import { POST as UNDO } from "@/app/api/prompts/[name]/aliases/[alias]/undo/route";
import { GET as MOVES } from "@/app/api/prompts/[name]/aliases/route";
import { GET as DETAIL } from "@/app/api/prompts/[name]/detail/route";
import { POST as MERGE } from "@/app/api/prompts/[name]/draft/merge/route";
import { GET as DRAFT, PUT as SAVE } from "@/app/api/prompts/[name]/draft/route";
import { POST as RENDER } from "@/app/api/prompts/[name]/render/route";
import { GET as FETCH } from "@/app/api/prompts/[name]/route";
import { GET as VERSION } from "@/app/api/prompts/[name]/versions/[number]/route";
import { POST as COMMIT, GET as VERSIONS } from "@/app/api/prompts/[name]/versions/route";
import { POST as CREATE, GET as LIST } from "@/app/api/prompts/route";
import { type Context, createKey } from "@/lib/auth/server";
import { changeGrants } from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import type { PromptDetail } from "@/lib/prompts";
import { createVersion, getPrompt, moveAlias, requestMove, saveAliasRule } from "@/lib/prompts/server";
import { allow, freshLibrary, make, text } from "../prompts/library";
import { anotherContext, apiRequest, grantTo } from "../support/context";

type Options = NonNullable<Parameters<typeof apiRequest>[1]>;
type Handler = (request: Request, segment?: { params: Promise<never> }) => Promise<Response>;

const own = "main.default.own";
const foreign = "main.default.foreign";

let admin: Context;
let member: Context;
let ownPrompt: PromptDetail;
let foreignPrompt: PromptDetail;

async function call(handler: unknown, options: Options, params: object, query = "") {
  const response = await (handler as Handler)(await apiRequest(`/x${query}`, options), {
    params: Promise.resolve(params as never),
  });
  const body = await response.text();
  return { status: response.status, text: body, body: body ? JSON.parse(body) : undefined };
}

const to = (version: number, from: number | null = null) => ({ version, from, why: "" });

beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
  ownPrompt = await make(admin, "own", "Mine.");
  foreignPrompt = await make(admin, "foreign", "Secret one.");
  await createVersion(admin, foreign, { content: text("Secret two."), message: "Secret reason", base: 1 });
  await moveAlias(admin, foreign, "production", to(2));
  await allow(member, ownPrompt, "EXECUTE", "MODIFY", "MANAGE");
});

describe("CVE-2026-45402, CVE-2026-54010 and CVE-2026-54015: the id of a prompt's history is not checked", () => {
  it("no route gives a version of a prompt that one may not read, by number, alias or id", async () => {
    const as = member;
    const { id } = foreignPrompt;
    for (const name of [foreign, id, foreign.toUpperCase(), ` ${foreign}`, `${own}/../foreign`]) {
      const answers = await Promise.all([
        call(DETAIL, { as }, { name }),
        call(FETCH, { as }, { name }, "?version=1"),
        call(FETCH, { as }, { name }),
        call(VERSIONS, { as }, { name }),
        call(VERSION, { as }, { name, number: "2" }),
        call(MOVES, { as }, { name }),
        call(RENDER, { as, body: { version: 1 } }, { name }),
        call(DRAFT, { as }, { name }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
      expect(answers.map(({ text }) => text).join()).not.toContain("Secret");
    }
  });

  it("a number is one of the prompt in the path, and of no other", async () => {
    const { status } = await call(VERSION, { as: member }, { name: own, number: "2" });
    expect(status).toBe(404);
    expect((await call(FETCH, { as: member }, { name: own }, "?version=2")).status).toBe(404);
  });

  it("a move of another prompt's alias is not taken back through one's own", async () => {
    const { seq } = await (await db()).prisma.promptAliasMove.findFirstOrThrow({
      where: { promptId: foreignPrompt.id },
    });
    await moveAlias(admin, own, "production", to(1));
    const body = { move: String(seq) };
    const answer = await call(UNDO, { as: member, body }, { name: own, alias: "production" });
    expect(answer.status).toBe(409);
    expect((await call(UNDO, { as: member, body }, { name: foreign, alias: "production" })).status).toBe(404);
    expect((await getPrompt(admin, foreign)).aliases).toMatchObject([{ alias: "production", version: 2 }]);
  });

  it("a request to move another prompt's alias is neither seen nor decided", async () => {
    await saveAliasRule(admin, foreign, "production", { movers: [], approval: true });
    const request = await requestMove(admin, foreign, "production", { ...to(1, 2), why: "Secret why" });
    const body = { decision: "approve" };
    const answer = await call(DECIDE, { as: member, method: "PUT", body }, { id: request.id });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain("Secret");
    expect((await getPrompt(admin, foreign)).aliases).toMatchObject([{ alias: "production", version: 2 }]);
  });
});

describe("CVE-2026-45349 and CVE-2026-55255: another person's id is accepted", () => {
  it("a draft is the caller's, whatever the body says", async () => {
    const other = await anotherContext();
    await allow(other, ownPrompt, "EXECUTE", "MODIFY");
    const draft = { content: text("Draft of another."), baseNumber: 1, revision: null };
    expect((await call(SAVE, { as: other, method: "PUT", body: draft }, { name: own })).status).toBe(200);
    expect((await call(DRAFT, { as: member }, { name: own })).body).toBeNull();
    const taken = { ...draft, userId: other.actor.userId };
    expect((await call(SAVE, { as: member, method: "PUT", body: taken }, { name: own })).status).toBe(422);
    const merge = await call(MERGE, { as: member, body: { message: "m", revision: 1 } }, { name: own });
    expect(merge.status).toBe(404);
    expect((await getPrompt(admin, own)).lastNumber).toBe(1);
  });

  it("nobody makes a version in another's name, or one of a number of their own", async () => {
    const version = { content: text("x"), message: "m", base: 1 };
    for (const more of [{ createdById: admin.actor.userId }, { number: 9 }, { promptId: foreignPrompt.id }]) {
      const answer = await call(COMMIT, { as: member, body: { ...version, ...more } }, { name: own });
      expect(answer.status).toBe(422);
    }
    const made = await call(COMMIT, { as: member, body: version }, { name: own });
    expect(made.body).toMatchObject({ number: 2, createdBy: { id: member.actor.userId } });
  });

  it("a prompt is made where its maker may, and belongs to them", async () => {
    const body = { schema: "main.default", name: "third", content: { type: "text", text: "x" } };
    expect((await call(CREATE, { as: member, body }, {})).status).toBe(403);
    const owned = { ...body, ownerId: admin.actor.userId };
    expect((await call(CREATE, { as: admin, body: owned }, {})).status).toBe(422);
  });
});

describe("what stands in a prompt", () => {
  it("is no way around the right to read it", async () => {
    const version = { content: text("{{> main.default.foreign}}"), message: "m", base: 1 };
    const made = await call(COMMIT, { as: member, body: version }, { name: own });
    expect(made.status).toBe(422);
    expect(made.text).not.toContain("Secret");
    // Written by somebody who may: each reader still needs it.
    await createVersion(admin, own, version);
    for (const answer of [
      await call(FETCH, { as: member }, { name: own }, "?version=2"),
      await call(RENDER, { as: member, body: { version: 2 } }, { name: own }),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain("Secret");
    }
    expect((await call(VERSION, { as: member }, { name: own, number: "2" })).status).toBe(200);
  });

  it("a value that looks like a reference is text", async () => {
    await createVersion(admin, own, { content: text("Say {{a}}."), message: "m", base: 1 });
    const variables = { a: "{{> main.default.foreign}} {{a}}" };
    const { body } = await call(RENDER, { as: member, body: { version: 2, variables } }, { name: own });
    expect(body.text).toBe("Say {{> main.default.foreign}} {{a}}.");
  });
});

describe("CVE-2026-45339: a key's scope holds for one form of its header only", () => {
  it("a narrowed key fetches what it names, reads nothing else and writes nothing", async () => {
    const scopes = { privileges: ["EXECUTE" as const], securables: [own] };
    const { key } = await createKey(member, { name: "narrow", scopes });
    await allow(member, foreignPrompt, "EXECUTE");
    for (const headers of [{ authorization: `Bearer ${key}` }, { authorization: `bearer  ${key}` }]) {
      expect((await call(FETCH, { headers }, { name: own }, "?version=1")).status).toBe(200);
      expect((await call(FETCH, { headers }, { name: foreign }, "?version=1")).status).toBe(404);
      const version = { content: text("x"), message: "m", base: 1 };
      expect((await call(COMMIT, { headers, body: version }, { name: own })).status).toBe(403);
      const moved = await call(MOVE, { headers, method: "PUT", body: to(1) }, { name: own, alias: "a" });
      expect(moved.status).toBe(403);
      const listed = await call(LIST, { headers }, {});
      expect(listed.body.prompts.map(({ fullName }: { fullName: string }) => fullName)).toEqual([own]);
    }
  });
});

describe("CVE-2025-25196 and CVE-2025-65111: a list and a check disagree", () => {
  it("what is listed is what can be opened, searched or not", async () => {
    await grantTo(member.actor.userId, "cat_main", "USE CATALOG", "USE SCHEMA");
    const names = [own, foreign];
    for (let n = 0; n < 20; n += 1) {
      const made = await make(admin, `p${n}`, `Text ${n}.`);
      names.push(made.fullName);
      if (n % 3 === 0) await allow(member, made, "EXECUTE");
      if (n % 5 === 0) await allow(member, made, "APPLY TAG");
    }
    const opened: string[] = [];
    for (const name of names) {
      if ((await call(DETAIL, { as: member }, { name })).status === 200) opened.push(name);
    }
    const listed = await call(LIST, { as: member }, {}, "?limit=200");
    const fullNames = listed.body.prompts.map(({ fullName }: { fullName: string }) => fullName);
    expect(fullNames.sort()).toEqual(opened.sort());
    const readable: string[] = [];
    for (const name of names) {
      if ((await call(FETCH, { as: member }, { name }, "?version=1")).status === 200) readable.push(name);
    }
    const found = await call(LIST, { as: member }, {}, "?limit=200&q=Text%20");
    const foundNames = found.body.prompts.map(({ fullName }: { fullName: string }) => fullName);
    expect(foundNames.sort()).toEqual(readable.filter((name) => name !== own).sort());
  });
});

describe("CVE-2026-44553: rights that outlive their end", () => {
  it("a revoked EXECUTE is gone with the next fetch, also for a key and for what was remembered", async () => {
    const { key } = await createKey(member, { name: "app" });
    expect((await call(FETCH, { key }, { name: own }, "?version=1")).status).toBe(200);
    const change = {
      principalId: member.actor.userId,
      add: [],
      remove: ["EXECUTE" as const, "MODIFY" as const, "MANAGE" as const],
    };
    await changeGrants(admin, { objectIds: [ownPrompt.id], changes: [change] });
    expect((await call(FETCH, { key }, { name: own }, "?version=1")).status).toBe(404);
    expect((await call(FETCH, { as: member }, { name: own }, "?version=1")).status).toBe(404);
  });
});

describe("CVE-2026-42208 and CVE-2025-68664: texts that reach a query or a prototype", () => {
  it.each(["' OR 1=1 --", "%", "\\", '"; DROP TABLE "Prompt"; --', "$1"])(
    "searching %s opens nothing",
    async (q) => {
      const answer = await call(LIST, { as: member }, {}, `?q=${encodeURIComponent(q)}`);
      expect(answer).toMatchObject({ status: 200, body: { prompts: [] } });
    },
  );

  it("names such as constructor are variables without a value, and names of no prompt", async () => {
    const content = text("{{constructor}} {{toString}}");
    await createVersion(admin, own, { content, message: "m", base: 1 });
    const answer = await call(RENDER, { as: member, body: { version: 2 } }, { name: own });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toHaveLength(2);
    for (const name of [
      "__proto__",
      "constructor",
      "main.default.__proto__",
      "a\u0000b",
      "..",
      "x".repeat(5_000),
    ]) {
      expect((await call(DETAIL, { as: admin }, { name })).status).toBe(404);
    }
  });
});
