import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journal, type JournalOptions } from "@/lib/gateway/journal/journal";
import { decodeSegment, encodeRecord } from "@/lib/gateway/journal/record";
import { createSegment } from "@/lib/gateway/journal/segment";
import "../support/settings";

interface Item {
  id: string;
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tessera-journal-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const isItem = (record: unknown): record is Item =>
  typeof record === "object" && record !== null && "id" in record && typeof record.id === "string";

class BadItem extends Error {}

/** A store that keeps each id once, and counts every attempt to add it. */
function memoryStore() {
  const kept = new Map<string, number>();
  const store = { kept, isDown: false, refuses: (_: Item) => false };
  const sink = {
    parse: (record: unknown) => (isItem(record) ? record : undefined),
    insert: async (items: Item[]) => {
      if (store.isDown) throw new Error("the database is away");
      if (items.some(store.refuses)) throw new BadItem();
      for (const { id } of items) kept.set(id, (kept.get(id) ?? 0) + 1);
    },
    blames: (error: unknown) => error instanceof BadItem,
  };
  return { store, sink };
}

function makeJournal(options: JournalOptions = {}) {
  const { store, sink } = memoryStore();
  return { store, journal: new Journal<Item>(dir, sink, { drainEveryMs: 20, ...options }) };
}

const segments = () => (existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith(".log")) : []);
const many = (count: number, prefix = "i") =>
  Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i}` }));

describe("records", () => {
  it("come back as they were written", () => {
    const values = [{ a: "é🙂\n\u2028" }, [1, null], "text", { nested: { deep: true } }];
    const { records, damaged } = decodeSegment(Buffer.concat(values.map(encodeRecord)));
    expect(records).toEqual(values);
    expect(damaged).toBe(0);
  });

  it("are known as torn wherever the file ends", () => {
    const bytes = Buffer.concat([encodeRecord({ id: "first" }), encodeRecord({ id: "second" })]);
    const whole = encodeRecord({ id: "first" }).length;
    for (let end = 0; end < bytes.length; end++) {
      const { records } = decodeSegment(bytes.subarray(0, end));
      expect(records).toEqual(end >= whole ? [{ id: "first" }] : []);
    }
  });

  it("are known as damaged when any byte has changed, and those around them stay good", () => {
    const parts = many(3).map(encodeRecord);
    const from = parts[0]?.length ?? 0;
    const to = from + (parts[1]?.length ?? 0) - 1;
    for (let at = from; at < to; at++) {
      const bytes = Buffer.concat(parts);
      bytes[at] = (bytes[at] ?? 0) ^ 0x01;
      const { records, damaged } = decodeSegment(bytes);
      expect(records).not.toContainEqual({ id: "i1" });
      expect(records).toContainEqual({ id: "i0" });
      expect(records).toContainEqual({ id: "i2" });
      expect(damaged).toBeGreaterThan(0);
    }
  });
});

describe("the journal", () => {
  it("has a record in its file when it acknowledges it", async () => {
    const { journal } = makeJournal({ drainEveryMs: 3_600_000 });
    for (const item of many(20)) {
      await journal.append(item);
      const bytes = Buffer.concat(segments().map((name) => readFileSync(join(dir, name))));
      expect(decodeSegment(bytes).records).toContainEqual(item);
    }
    expect(journal.unsettled).toBe(20);
    await journal.close(1_000);
  });

  it("moves records into the store by itself, once each, and deletes its files", async () => {
    const { journal, store } = makeJournal();
    await Promise.all(many(1_000).map((item) => journal.append(item)));
    await expect.poll(() => store.kept.size, { timeout: 10_000 }).toBe(1_000);
    expect([...store.kept.values()].every((count) => count === 1)).toBe(true);
    await expect.poll(() => segments().length).toBe(0);
    expect(journal.unsettled).toBe(0);
    await journal.close(1_000);
  });

  it("keeps records while the store is away, and moves them when it is back", async () => {
    const { journal, store } = makeJournal();
    store.isDown = true;
    await Promise.all(many(50).map((item) => journal.append(item)));
    await wait(200);
    expect(store.kept.size).toBe(0);
    expect(journal.refusal()).toBeUndefined();
    store.isDown = false;
    await expect.poll(() => store.kept.size, { timeout: 10_000 }).toBe(50);
    await journal.close(1_000);
  });

  it("makes few files while the store is away", async () => {
    const { journal, store } = makeJournal();
    store.isDown = true;
    for (let i = 0; i < 10; i++) {
      await journal.append({ id: `i${i}` });
      await wait(30);
    }
    expect(segments().length).toBeLessThanOrEqual(3);
    await journal.close(100);
  });

  it("refuses new calls when too much waits for the store, and takes them again afterwards", async () => {
    const { journal, store } = makeJournal({ maxBytes: 2_000 });
    store.isDown = true;
    await Promise.all(many(100).map((item) => journal.append(item)));
    expect(journal.refusal()).toMatchObject({ code: "unavailable", retryAfter: 10 });
    store.isDown = false;
    await expect.poll(() => journal.refusal(), { timeout: 10_000 }).toBeUndefined();
    expect(store.kept.size).toBe(100);
    await journal.close(1_000);
  });

  it("sets a record aside that the store refuses for what it holds, and moves the others", async () => {
    const { journal, store } = makeJournal();
    store.refuses = ({ id }) => id === "i37";
    await Promise.all(many(120).map((item) => journal.append(item)));
    await journal.drain();
    expect(store.kept.size).toBe(119);
    expect(readFileSync(join(dir, "rejected.jsonl"), "utf8")).toBe('{"id":"i37"}\n');
    expect(segments()).toEqual([]);
    await journal.close(1_000);
  });

  it("replays files that an earlier process left, torn and damaged ones too", async () => {
    mkdirSync(dir, { recursive: true });
    const whole = Buffer.concat(many(3, "old").map(encodeRecord));
    writeFileSync(join(dir, "000000001-000000-1.log"), whole);
    writeFileSync(
      join(dir, "000000002-000000-1.log"),
      Buffer.concat([encodeRecord({ id: "last" }), whole.subarray(0, 17)]),
    );
    appendFileSync(join(dir, "000000003-000000-1.log"), "not a record\n");
    const { journal, store } = makeJournal();
    await journal.start();
    expect([...store.kept.keys()].sort()).toEqual(["last", "old0", "old1", "old2"]);
    expect(segments()).toEqual([]);
    await journal.close(1_000);
  });

  it("keeps everything of a process that was killed, and adds nothing twice", {
    timeout: 120_000,
  }, async () => {
    const bundle = join(process.cwd(), "node_modules", ".cache", `journal-child-${process.pid}.mjs`);
    await build({
      entryPoints: [join(process.cwd(), "tests", "gateway", "journal-child.ts")],
      outfile: bundle,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      alias: { "server-only": join(process.cwd(), "tests", "support", "empty.ts") },
      logLevel: "error",
    });
    const acknowledged = new Set<string>();
    for (let run = 0; run < 5; run++) {
      const child = spawn(process.execPath, [bundle, dir, `run${run}`], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let out = "";
      child.stdout.on("data", (data) => {
        out += data;
      });
      await expect.poll(() => out.split("\n").length, { timeout: 20_000 }).toBeGreaterThan(50 + run * 37);
      child.kill("SIGKILL");
      await new Promise((done) => child.on("close", done));
      for (const id of out.split("\n").slice(0, -1)) acknowledged.add(id);
    }
    rmSync(bundle);
    const { journal, store } = makeJournal();
    const leftovers = segments().map((name) => [name, readFileSync(join(dir, name))] as const);
    await journal.start(60_000);
    expect([...acknowledged].filter((id) => !store.kept.has(id))).toEqual([]);
    expect([...store.kept.values()].every((count) => count === 1)).toBe(true);
    // Killed between adding and deleting: the same files are moved once more, and their ids are already there.
    const before = store.kept.size;
    for (const [name, bytes] of leftovers) writeFileSync(join(dir, name), bytes);
    await journal.start(60_000);
    expect(store.kept.size).toBe(before);
    await journal.close(1_000);
  });

  it.skipIf(!existsSync("/dev/full"))(
    "refuses calls while the disk is full, keeps what was under way, and recovers by itself",
    async () => {
      let isFull = true;
      const { journal, store } = makeJournal({
        openSegment: async (folder, sequence) =>
          isFull
            ? { path: join(folder, "full.log"), size: 0, handle: await open("/dev/full", "a"), isNamed: true }
            : createSegment(folder, sequence),
      });
      const outcomes = await Promise.allSettled(many(5).map((item) => journal.append(item)));
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ status: "rejected", reason: { code: "disk_full", status: 507 } });
      }
      expect(journal.refusal()).toMatchObject({ code: "disk_full", retryAfter: 5 });
      await expect(journal.append({ id: "late" })).rejects.toMatchObject({ code: "disk_full" });
      isFull = false;
      writeFileSync(join(dir, "full.log"), "");
      await expect.poll(() => journal.refusal(), { timeout: 10_000 }).toBeUndefined();
      await expect
        .poll(() => [...store.kept.keys()].sort(), { timeout: 10_000 })
        .toEqual(["i0", "i1", "i2", "i3", "i4", "late"]);
      await journal.append({ id: "after" });
      await journal.close(1_000);
      expect(store.kept.has("after")).toBe(true);
    },
  );

  it("says so when its folder cannot be made", async () => {
    const blocked = join(dir, "file");
    writeFileSync(blocked, "");
    const { sink } = memoryStore();
    const journal = new Journal<Item>(join(blocked, "journal"), sink);
    await expect(journal.append({ id: "a" })).rejects.toMatchObject({ code: "unavailable" });
    expect(journal.refusal()).toMatchObject({ code: "unavailable" });
  });
});
