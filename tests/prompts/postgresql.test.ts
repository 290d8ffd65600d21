import "@/tests/support/settings";
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reloadPolicy } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { dropSingle, single } from "@/lib/core/server";
import { type Database, openDatabase } from "@/lib/db/server";
import { promptFilter } from "@/lib/prompts";
import {
  createVersion,
  fetchPrompt,
  findPrompts,
  getPrompt,
  getVersion,
  mergeDraft,
  moveAlias,
  saveDraft,
} from "@/lib/prompts/server";
import { anotherContext } from "../support/context";
import { make, text } from "./library";

const server = process.env.TEST_DATABASE_URL;

async function statements(url: string | undefined, ...all: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of all) await client.query(statement);
  } finally {
    await client.end();
  }
}

describe.skipIf(!server)("the prompt library on PostgreSQL (set TEST_DATABASE_URL to run these)", () => {
  const name = `tessera_prompts_${randomUUID().slice(0, 8)}`;
  const url = server ? String(Object.assign(new URL(server), { pathname: `/${name}` })) : "";
  let here: Database;
  let admin: Context;

  beforeAll(async () => {
    await statements(server, `CREATE DATABASE ${name}`);
    here = await openDatabase({ kind: "postgresql", url });
    single("db", () => Promise.resolve(here));
    await reloadPolicy();
    admin = await anotherContext({ role: "admin", name: "Mira" });
  });

  afterAll(async () => {
    await here.close();
    dropSingle("db");
    await statements(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });

  it("merges what twelve save at the same moment, and loses none of it", async () => {
    const lines = Array.from({ length: 12 }, (_, at) => `Line ${at}.`);
    const first = lines.join("\n\n");
    const { fullName } = await make(admin, "many", first);
    const ends = await Promise.allSettled(
      lines.map((line, at) =>
        createVersion(admin, fullName, {
          content: text(first.replace(line, `${line} Changed by ${at}.`)),
          message: `From ${at}`,
          base: 1,
        }),
      ),
    );
    expect(ends.map(({ status }) => status)).toEqual(lines.map(() => "fulfilled"));
    const last = await getVersion(admin, fullName, lines.length + 1);
    for (const at of lines.keys()) {
      expect(last.content).toMatchObject({ text: expect.stringContaining(`by ${at}.`) });
    }
  });

  it("makes one version of a draft that is merged many times at once", async () => {
    const { fullName } = await make(admin, "draft", "One.");
    await saveDraft(admin, fullName, { content: text("Two."), baseNumber: 1, revision: null });
    const merges = Array.from({ length: 8 }, () =>
      mergeDraft(admin, fullName, { message: "m", revision: 1 }),
    );
    const ends = await Promise.allSettled(merges);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await getPrompt(admin, fullName)).lastNumber).toBe(2);
  });

  it("is listed and searched", async () => {
    const { fullName } = await make(admin, "searched", "Some odd words.", {
      tags: { a: "b" },
      comment: "Said.",
    });
    await moveAlias(admin, fullName, "production", { version: 1, from: null, why: "" });
    for (const filter of [{ q: "ODD WORDS" }, { q: "said" }, { tag: "a:b" }, { q: "searched" }]) {
      const { prompts } = await findPrompts(admin, promptFilter.parse(filter));
      expect(prompts).toMatchObject([{ fullName, changedBy: { name: "Mira" }, lastUsedAt: null }]);
    }
  });

  it("shows with the next fetch where another process moved an alias", async () => {
    const { id, fullName } = await make(admin, "fetched", "One.");
    await createVersion(admin, fullName, { content: text("Two."), message: "Two", base: 1 });
    await moveAlias(admin, fullName, "production", { version: 1, from: null, why: "" });
    for (let version = 2; version < 12; version += 1) {
      expect((await fetchPrompt(admin, fullName, {})).version).toBe(((version - 2) % 2) + 1);
      await statements(
        url,
        "BEGIN",
        `UPDATE "PromptAlias" SET "version" = ${((version - 1) % 2) + 1} WHERE "promptId" = '${id}'`,
        `UPDATE "PolicyEpoch" SET "epoch" = "epoch" + 1`,
        `INSERT INTO "PolicyChange" ("epoch", "ordinal", "kind", "subjectId")
          SELECT "epoch", 0, 'securable', '${id}' FROM "PolicyEpoch"`,
        "COMMIT",
      );
    }
  });
});
