import { cpSync, mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChatEvent } from "@/lib/inference";
import type { BrowserModel } from "@/lib/inference/client";
import { chromiumPath, openBrowser, openTab, serveEngine, type TestWindow } from "./browser-support";
import { PartServer } from "./part-server";
import { ask, pebble, scratchFolder, writeManifest } from "./support";

const MiB = 2 ** 20;
const part = 8 * MiB;
const graph = "onnx/model.onnx";

interface Outcome {
  failure?: { code?: string; name: string; message: string };
  progress: { bytes: number; total: number; checking: boolean }[];
}

/** Downloads in the page; `pauseAt` aborts once so many bytes have come. */
function download(page: Page, name: string, pauseAt = Number.POSITIVE_INFINITY): Promise<Outcome> {
  return page.evaluate(
    async ([name, pauseAt]) => {
      const { loadBrowserStore } = globalThis as unknown as TestWindow;
      const { downloadToBrowser } = await loadBrowserStore();
      const leaving = new AbortController();
      const progress: Outcome["progress"] = [];
      try {
        await downloadToBrowser(name, {
          signal: leaving.signal,
          onProgress: (now) => {
            progress.push(now);
            if (now.bytes >= pauseAt) leaving.abort();
          },
        });
        return { progress };
      } catch (error) {
        const { code, name, message } = error as Error & { code?: string };
        return { progress, failure: { code, name, message } };
      }
    },
    [name, pauseAt] as const,
  );
}

function find(page: Page, served: string[]): Promise<BrowserModel[]> {
  return page.evaluate(
    async (served) =>
      (await (globalThis as unknown as TestWindow).loadBrowserStore()).findBrowserModels(served),
    served,
  );
}

const usage = (page: Page) => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);

/** Bytes that no compression makes smaller. */
function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0, state = seed; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

describe.skipIf(!chromiumPath)(
  "models kept in a browser (skipped where there is no Chromium: set CHROMIUM_PATH)",
  { timeout: 300_000 },
  () => {
    let folder: string;
    let address: string;
    let server: PartServer;
    let context: BrowserContext;
    let page: Page;
    let last = 0;

    /** A model whose graph has so many bytes; nothing here runs it. */
    async function paper(bytes: number, name = `paper-${++last}`): Promise<string> {
      const base = join(folder, name);
      mkdirSync(join(base, "onnx"), { recursive: true });
      await writeFile(join(base, graph), noise(bytes, ++last));
      for (const file of ["config.json", "tokenizer.json", "tokenizer_config.json"])
        await writeFile(join(base, file), "{}");
      await writeFile(join(base, "README.md"), "Never fetched.");
      await writeManifest(base, name, 64);
      return name;
    }

    beforeAll(async () => {
      folder = await scratchFolder();
      address = await serveEngine(folder, {
        sendFile: (file, request, response) => server.send(file, request, response),
      });
    });
    beforeEach(async () => {
      server = new PartServer();
      context = await openBrowser();
      page = await openTab(context, address);
    });

    it("are fetched in parts, and nothing is fetched again", async () => {
      const name = await paper(20 * MiB);
      const [before] = await find(page, [name]);
      expect(before).toMatchObject({ name, kept: 0, complete: false, busy: false });
      expect(before?.total).toBe(20 * MiB + 6);
      const { failure, progress } = await download(page, name);
      expect(failure).toBeUndefined();
      expect(server.rangesOf(graph)).toEqual([
        `bytes=0-${part - 1}`,
        `bytes=${part}-${2 * part - 1}`,
        `bytes=${2 * part}-${20 * MiB - 1}`,
      ]);
      expect(server.asked.map(({ path }) => path).filter((path) => path.endsWith("README.md"))).toEqual([]);
      const shares = progress.map(({ bytes }) => bytes);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(before?.total);
      expect(progress.some(({ checking }) => checking)).toBe(true);
      expect(await find(page, [name])).toEqual([
        { name, total: before?.total, kept: before?.total, outdated: 0, complete: true, busy: false },
      ]);
      const asked = server.asked.length;
      expect((await download(page, name)).failure).toBeUndefined();
      expect(server.asked.length).toBe(asked);
    });

    it("go on after a cut at 60 % without the parts that are there", async () => {
      const name = await paper(40 * MiB);
      server.cutAt = 24 * MiB + 1000;
      const { failure } = await download(page, name);
      expect(failure).toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("was cut after"),
      });
      expect(await find(page, [name])).toMatchObject([{ kept: 24 * MiB + 6, complete: false }]);
      server.cutAt = undefined;
      server.asked.length = 0;
      // As after the tab was closed.
      await page.close();
      page = await openTab(context, address);
      expect((await download(page, name)).failure).toBeUndefined();
      expect(server.rangesOf(graph)).toEqual([
        `bytes=${3 * part}-${4 * part - 1}`,
        `bytes=${4 * part}-${40 * MiB - 1}`,
      ]);
      expect(await find(page, [name])).toMatchObject([{ complete: true }]);
    });

    it("are paused, and resumed from the last whole part", async () => {
      const name = await paper(24 * MiB);
      const { failure } = await download(page, name, 9 * MiB);
      expect(failure?.name).toBe("AbortError");
      expect(await find(page, [name])).toMatchObject([{ kept: part + 6, complete: false, busy: false }]);
      server.asked.length = 0;
      expect((await download(page, name)).failure).toBeUndefined();
      expect(server.rangesOf(graph)).toEqual([
        `bytes=${part}-${2 * part - 1}`,
        `bytes=${2 * part}-${24 * MiB - 1}`,
      ]);
    });

    it("are refused with a wrong hash, and all of it is thrown away", async () => {
      const name = await paper(17 * MiB);
      await writeFile(join(folder, name, graph), noise(17 * MiB, 99_999));
      const { failure } = await download(page, name);
      expect(failure).toMatchObject({
        code: "unprocessable",
        message: expect.stringMatching(new RegExp(`^${name}: ${graph} has sha256 [0-9a-f]{64}; expected`)),
      });
      expect(await find(page, [name])).toMatchObject([{ kept: 6, complete: false }]);
      const small = await paper(1);
      await writeFile(join(folder, small, "tokenizer.json"), "[]");
      expect((await download(page, small)).failure?.message).toContain("tokenizer.json has sha256");
    });

    it("are refused when the file is longer or shorter than announced", async () => {
      for (const [bytes, words] of [
        [17 * MiB + 1, "where bytes"],
        [17 * MiB - 1, "where bytes"],
      ] as const) {
        const name = await paper(17 * MiB);
        await writeFile(join(folder, name, graph), noise(bytes, 1));
        expect((await download(page, name)).failure).toMatchObject({
          code: "unprocessable",
          message: expect.stringContaining(words),
        });
        server.whole = true;
        expect((await download(page, name)).failure).toMatchObject({ code: "unprocessable" });
        server.whole = false;
      }
    });

    it("come from a server that ignores ranges too, also what is missing", async () => {
      const name = await paper(20 * MiB);
      await download(page, name, 9 * MiB);
      server.whole = true;
      server.asked.length = 0;
      const { failure, progress } = await download(page, name);
      expect(failure).toBeUndefined();
      expect(server.rangesOf(graph)).toEqual([`bytes=${part}-${2 * part - 1}`]);
      expect(progress.at(-1)?.bytes).toBe(progress.at(-1)?.total);
      expect(await find(page, [name])).toMatchObject([{ complete: true }]);
    });

    it("are not begun where the quota is too little, and keep their parts where it is met on the way", async () => {
      const name = await paper(32 * MiB);
      const session = await context.newCDPSession(page);
      const limit = (quotaSize?: number) =>
        session.send("Storage.overrideQuotaForOrigin", { origin: address, quotaSize });
      // Chromium's estimate tells every page the same, so the figure is put in its place.
      const estimate = (quota?: number) =>
        page.evaluate((quota) => {
          const { storage } = navigator;
          if (quota === undefined) Reflect.deleteProperty(storage, "estimate");
          else storage.estimate = async () => ({ usage: 2_000_000, quota });
        }, quota);
      await estimate(20_000_000);
      const early = await download(page, name);
      expect(early.failure).toMatchObject({
        code: "disk_full",
        message: `${name} needs 34 MB more in this browser, and 18 MB is free.`,
      });
      expect(server.asked).toEqual([]);
      await estimate();
      await limit(60 * MiB);
      const gate = server.holdFrom(12 * MiB);
      const under = download(page, name);
      await expect.poll(() => server.rangesOf(graph).length).toBe(2);
      await limit(12 * MiB);
      gate.open();
      const late = await under;
      expect(late.failure).toMatchObject({
        code: "disk_full",
        message: `${name} needs 25 MB more in this browser, and less is free.`,
      });
      expect(await find(page, [name])).toMatchObject([{ kept: part + 6, complete: false }]);
      await limit();
      server.asked.length = 0;
      expect((await download(page, name)).failure).toBeUndefined();
      expect(server.rangesOf(graph)).toHaveLength(3);
    });

    it("are deleted, and their room is free again", async () => {
      const [name, other] = [await paper(20 * MiB), await paper(9 * MiB)];
      const before = await usage(page);
      await download(page, name);
      await download(page, other);
      expect((await usage(page)) - before).toBeGreaterThan(29 * MiB);
      await page.evaluate(
        async (name) =>
          (await (globalThis as unknown as TestWindow).loadBrowserStore()).removeFromBrowser(name),
        name,
      );
      await expect.poll(async () => (await usage(page)) - before).toBeLessThan(11 * MiB);
      expect(await find(page, [name, other])).toMatchObject([
        { name, kept: 0, complete: false },
        { name: other, complete: true },
      ]);
    });

    it("are fetched once by two tabs", async () => {
      const name = await paper(30 * MiB);
      const second = await openTab(context, address);
      const gate = server.holdFrom(12 * MiB);
      const first = download(page, name);
      await expect.poll(() => server.rangesOf(graph).length).toBe(2);
      const both = Promise.all([first, download(second, name)]);
      expect(await find(second, [name])).toMatchObject([{ busy: true }]);
      await second.waitForTimeout(800);
      gate.open();
      for (const { failure, progress } of await both) {
        expect(failure).toBeUndefined();
        expect(progress.at(-1)?.bytes).toBe(progress.at(-1)?.total);
      }
      expect(server.rangesOf(graph)).toHaveLength(4);
      expect(await find(second, [name])).toMatchObject([{ complete: true, busy: false }]);
    });

    it("of an earlier version are told apart, and dropped with the next download", async () => {
      const name = await paper(9 * MiB);
      await download(page, name);
      await paper(10 * MiB, name);
      const [changed] = await find(page, [name]);
      expect(changed).toMatchObject({ kept: 6, outdated: 9 * MiB, complete: false });
      await download(page, name);
      expect(await find(page, [name])).toMatchObject([{ kept: 10 * MiB + 6, outdated: 0, complete: true }]);
      // The workbench has it no more.
      expect(await find(page, [])).toEqual([
        { name, kept: 0, outdated: 10 * MiB + 6, complete: false, busy: false },
      ]);
    });

    describe("that run", () => {
      const call = (model: string) =>
        ask(model, "Classify the sentiment of this message as positive or negative: I like it.", {
          temperature: 0,
          max_tokens: 8,
        });
      /** The built-in model under another name: its graph is two parts. */
      async function stone(): Promise<string> {
        const name = `stone-${++last}`;
        cpSync(pebble, join(folder, name), { recursive: true });
        await writeManifest(join(folder, name), name, 512);
        return name;
      }
      const run = (page: Page, model: string) =>
        page.evaluate(async (chat) => {
          const { createBrowserEngine } = globalThis as unknown as TestWindow;
          const shares: number[] = [];
          const engine = createBrowserEngine("wasm");
          await engine.load(chat.model, (share) => shares.push(share));
          const events: ChatEvent[] = [];
          for await (const event of engine.chat(chat, new AbortController().signal)) events.push(event);
          const text = events.map((event) => (event.type === "delta" ? event.text : "")).join("");
          return { text, shares, last: events.at(-1) };
        }, call(model));

      it("are read from what was downloaded, without any file fetched", async () => {
        const name = await stone();
        await download(page, name);
        server.asked.length = 0;
        const { text, last, shares } = await run(page, name);
        expect(last).toMatchObject({ type: "finish" });
        expect(text).toMatch(/\w/);
        expect(shares.at(-1)).toBe(1);
        expect(server.asked).toEqual([]);
      });

      it("keep what they fetch themselves, and take up parts that are there", async () => {
        const name = await stone();
        await download(page, name, part + (2 * MiB) / 10);
        const kept = (await find(page, [name]))[0]?.kept ?? 0;
        expect(kept).toBeGreaterThan(0);
        server.asked.length = 0;
        expect((await run(page, name)).last).toMatchObject({ type: "finish" });
        expect(await find(page, [name])).toMatchObject([{ complete: true }]);
        expect(server.rangesOf(graph).length).toBeLessThanOrEqual(2);
      });

      it("do so without room to keep them", async () => {
        const name = await stone();
        const session = await context.newCDPSession(page);
        await session.send("Storage.overrideQuotaForOrigin", { origin: address, quotaSize: MiB });
        expect((await run(page, name)).last).toMatchObject({ type: "finish" });
        expect(await find(page, [name])).toMatchObject([{ complete: false }]);
      });

      it("do so where pages may keep nothing, as over plain HTTP from another machine", async () => {
        const name = await stone();
        const { port } = new URL(address);
        const plain = await openBrowser([`--host-resolver-rules=MAP desk.example 127.0.0.1`]);
        const insecure = await openTab(plain, `http://desk.example:${port}`);
        expect(await insecure.evaluate(() => [isSecureContext, "caches" in globalThis])).toEqual([
          false,
          false,
        ]);
        const can = await insecure.evaluate(async () =>
          (await (globalThis as unknown as TestWindow).loadBrowserStore()).canKeepModels(),
        );
        expect(can).toBe(false);
        expect((await run(insecure, name)).last).toMatchObject({ type: "finish" });
      });
    });
  },
);
