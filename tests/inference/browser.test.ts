import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { ChatCall, ChatEvent, EngineStatus } from "@/lib/inference";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import {
  chromiumPath,
  openBrowser,
  openPage,
  openTab,
  serveEngine,
  type TestWindow,
} from "./browser-support";
import { ask, engineOver, randomModel, run, scratchFolder, useServerWorker } from "./support";

const call = ask("babble", "Where is my parcel?", { temperature: 0, max_tokens: 24 });
const seeded = ask("babble", "Where is my parcel?", { temperature: 1.5, seed: 5, max_tokens: 24 });

/** Runs a call in the page's own engine, or in one bound to a device. */
function inPage(
  page: Page,
  chat: ChatCall,
  device?: "webgpu" | "wasm",
): Promise<{ events: ChatEvent[]; status: EngineStatus }> {
  return page.evaluate(
    async ([chat, device]) => {
      const { engine, createBrowserEngine } = globalThis as unknown as TestWindow;
      const chosen = device ? createBrowserEngine(device) : engine;
      const events: ChatEvent[] = [];
      for await (const event of chosen.chat(chat, new AbortController().signal)) events.push(event);
      return { events, status: chosen.status() };
    },
    [chat, device] as const,
  );
}

/** Runs a call in one engine for WebGPU that the page keeps. */
function inShared(page: Page, chat: ChatCall): Promise<{ events: ChatEvent[] }> {
  return page.evaluate(async (chat) => {
    const own = globalThis as unknown as TestWindow & { onGpu?: TestWindow["engine"] };
    own.onGpu ??= own.createBrowserEngine("webgpu");
    const events: ChatEvent[] = [];
    for await (const event of own.onGpu.chat(chat, new AbortController().signal)) events.push(event);
    return { events };
  }, chat);
}

const textOf = (events: ChatEvent[]) =>
  events.map((event) => (event.type === "delta" ? event.text : "")).join("");

describe.skipIf(!chromiumPath)(
  "the browser's engine (skipped where there is no Chromium: set CHROMIUM_PATH)",
  { timeout: 300_000 },
  () => {
    let folder: string;
    let address: string;
    let babble: ModelSource;
    let page: Page;
    let complaints: string[];

    beforeAll(async () => {
      folder = await scratchFolder();
      babble = await randomModel(folder, "babble", 256);
      address = await serveEngine(folder);
      await useServerWorker();
      ({ page, complaints } = await openPage(address));
    }, 120_000);

    it("gives the server's text under the workbench's policy, greedy and by seed, on one thread", async () => {
      const server = engineOver([babble]);
      const greedy = await inPage(page, call);
      expect(textOf(greedy.events)).toBe((await run(server, call)).text);
      expect(textOf((await inPage(page, seeded)).events)).toBe((await run(server, seeded)).text);
      expect(greedy.events[0]).toMatchObject({
        type: "start",
        engine: { kind: "browser", device: "WASM", fallback: expect.stringMatching(/^WebGPU: /) },
      });
      expect(greedy.events.at(-1)).toEqual({ type: "finish", reason: "length" });
      expect(greedy.status.models).toMatchObject([{ name: "babble", state: "ready", device: "WASM" }]);
      expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
      expect(complaints).toEqual([]);
    });

    it("tells its progress, keeps the files and fetches them only once", async () => {
      await randomModel(folder, "kept");
      const load = () =>
        page.evaluate(async () => {
          const { createBrowserEngine } = globalThis as unknown as TestWindow;
          const shares: number[] = [];
          await createBrowserEngine("wasm").load("kept", (share) => shares.push(share));
          return shares;
        });
      const fetched: string[] = [];
      page.context().on("request", (request) => fetched.push(new URL(request.url()).pathname));
      const shares = await load();
      expect(shares.at(-1)).toBe(1);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(fetched).toContain("/api/models/kept/files/onnx/model.onnx");
      fetched.length = 0;
      await load();
      expect(fetched.filter((path) => path.endsWith(".onnx"))).toEqual([]);
    });

    it("ends an aborted call within a token", async () => {
      const { last, tokens } = await page.evaluate(
        async (chat) => {
          const { engine } = globalThis as unknown as TestWindow;
          const leaving = new AbortController();
          let last: ChatEvent | undefined;
          let tokens = 0;
          for await (const event of engine.chat(chat, leaving.signal)) {
            if (event.type === "delta") leaving.abort();
            if (event.type === "usage") tokens = event.outputTokens;
            last = event;
          }
          return { last, tokens };
        },
        ask("babble", "Hi", { temperature: 1.5, seed: 1 }),
      );
      expect(last).toEqual({ type: "finish", reason: "aborted" });
      expect(tokens).toBeLessThan(120);
    });

    it("refuses a file that is not the one its manifest names", async () => {
      const bad = await randomModel(folder, "bad");
      const graph = bad.manifest.files.find((file) => file.path.endsWith(".onnx"));
      await writeFile(join(bad.base, "onnx/model.onnx"), Buffer.alloc(graph?.size ?? 0));
      const { events } = await inPage(page, { ...call, model: "bad" });
      expect(events.at(-1)).toMatchObject({ type: "error", code: "unprocessable" });
      expect(events.at(-1)).toMatchObject({ message: expect.stringContaining(`onnx/model.onnx`) });
      expect(events.at(-1)).toMatchObject({ message: expect.stringContaining(graph?.sha256 ?? "none") });
    });

    it("says so when its worker cannot start or dies, and starts another one for the next call", async () => {
      let attempts = 0;
      const fresh = await openTab(await openBrowser(), address);
      await fresh.route("**/workers/inference.js*", (route) =>
        attempts++ === 0 ? route.abort() : route.continue(),
      );
      const lasts = await fresh.evaluate(async (chat) => {
        const { createBrowserEngine } = globalThis as unknown as TestWindow;
        const engine = createBrowserEngine("wasm");
        const last = async () => {
          let last: ChatEvent | undefined;
          for await (const event of engine.chat(chat, new AbortController().signal)) last = event;
          return last;
        };
        return [await last(), await last()];
      }, call);
      expect(lasts).toMatchObject([{ type: "error", code: "unavailable" }, { type: "finish" }]);
    });

    it("is one for all tabs: one worker, one copy of a model, and each tab its own answers", async () => {
      const context = await openBrowser();
      const [first, second] = [await openTab(context, address), await openTab(context, address)];
      const answers = await Promise.all([
        inPage(first, call),
        inPage(second, seeded),
        inPage(first, seeded),
        inPage(second, call),
      ]);
      const [greedy, varied, variedToo, greedyToo] = answers.map(({ events }) => textOf(events));
      expect(greedyToo).toBe(greedy);
      expect(variedToo).toBe(varied);
      expect(varied).not.toBe(greedy);
      expect(first.workers().length + second.workers().length).toBe(1);
      for (const { status } of answers)
        expect(status.models).toMatchObject([{ name: "babble", state: "ready", device: "WASM" }]);
      const third = await openTab(context, address);
      await expect
        .poll(() => third.evaluate(() => (globalThis as unknown as TestWindow).engine.status().models.length))
        .toBe(0);
      expect(textOf((await inPage(third, call)).events)).toBe(greedy);
      expect(third.workers().length).toBe(0);
    });

    it("goes on in another tab when the one that ran it is closed", async () => {
      const context = await openBrowser();
      const [first, second] = [await openTab(context, address), await openTab(context, address)];
      await inPage(first, call);
      const long = ask("babble", "Where is my parcel?", { temperature: 1.5, seed: 3, max_tokens: 230 });
      const cut = inPage(second, long);
      await expect
        .poll(() => second.evaluate(() => (globalThis as unknown as TestWindow).engine.status().busy))
        .toBe(1);
      await first.close();
      const { events } = await cut;
      expect(events.at(-1)).toMatchObject({
        type: "error",
        code: "unavailable",
        message: expect.stringContaining("the tab that ran it was closed"),
      });
      expect((await inPage(second, call)).events.at(-1)).toEqual({ type: "finish", reason: "length" });
      expect(second.workers().length).toBe(1);
    });

    it("ends the calls of a tab that is closed", async () => {
      const context = await openBrowser();
      const [first, second] = [await openTab(context, address), await openTab(context, address)];
      await inPage(first, call);
      const long = ask("babble", "Hi", { temperature: 1.5, seed: 3, max_tokens: 240 });
      const calls = [1, 2, 3].map(() => inPage(second, long).catch(() => undefined));
      await expect
        .poll(() => second.evaluate(() => (globalThis as unknown as TestWindow).engine.status().busy))
        .toBe(3);
      await second.close();
      await Promise.all(calls);
      const { events } = await inPage(first, call);
      expect(events.at(-1)).toEqual({ type: "finish", reason: "length" });
    });

    it("gives the same text on two threads, where its pages are isolated from other origins", async () => {
      const isolated = await serveEngine(folder, { isolated: true });
      const { page: own, complaints: found } = await openPage(isolated);
      expect(await own.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
      await own.evaluate(() => Object.defineProperty(navigator, "hardwareConcurrency", { value: 4 }));
      const { events, status } = await own.evaluate(async (chat) => {
        const { createBrowserEngine } = globalThis as unknown as TestWindow;
        const engine = createBrowserEngine("wasm");
        const events: ChatEvent[] = [];
        for await (const event of engine.chat(chat, new AbortController().signal)) events.push(event);
        return { events, status: engine.status() };
      }, call);
      expect(status.threads).toBe(2);
      // The engine's own worker and those that its runtime starts for its threads.
      expect(own.workers().length).toBeGreaterThan(1);
      expect(textOf(events)).toBe(textOf((await inPage(page, call)).events));
      expect(found).toEqual([]);
    });

    it("survives a graphics device that is lost: on a new one first, then without, saying why", async () => {
      const context = await openBrowser(["--enable-unsafe-webgpu"]);
      const gpuPage = await openTab(context, address);
      const brief = ask("babble", "Hi", { temperature: 0, max_tokens: 6 });
      const starts: unknown[] = [];
      for (let round = 0; round < 3; round++) {
        const started =
          gpuPage.workers().length === 0 ? gpuPage.waitForEvent("worker") : gpuPage.workers()[0];
        const answer = inShared(gpuPage, brief);
        const worker = await started;
        await worker?.evaluate(() => {
          const { requestDevice } = GPUAdapter.prototype;
          GPUAdapter.prototype.requestDevice = async function (...given) {
            const device = await requestDevice.apply(this, given);
            Object.assign(globalThis, { lastDevice: device });
            return device;
          };
        });
        const { events } = await answer;
        starts.push(events[0]);
        expect(events.at(-1)).toMatchObject({ type: "finish" });
        if (round === 2) break;
        await worker?.evaluate(() =>
          (globalThis as unknown as { lastDevice: GPUDevice }).lastDevice.destroy(),
        );
        await expect.poll(() => gpuPage.workers().length).toBe(0);
      }
      expect(starts).toMatchObject([
        { engine: { device: "WebGPU" } },
        { engine: { device: "WebGPU" } },
        { engine: { device: "WASM", fallback: "WebGPU: the graphics device was lost before" } },
      ]);
    });

    it("computes the same on WebGPU, and prefers WASM to a software adapter", async () => {
      const gpuPage = (await openPage(address, ["--enable-unsafe-webgpu"])).page;
      const adapter = await gpuPage.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
      expect(adapter, "this Chromium has no software adapter").toBe(true);
      const brief = ask("babble", "Hi", { temperature: 0, max_tokens: 6 });
      const gpu = await inPage(gpuPage, brief, "webgpu");
      const wasm = await inPage(gpuPage, brief);
      expect(gpu.events[0]).toMatchObject({ engine: { device: "WebGPU" } });
      expect(textOf(gpu.events)).toBe(textOf(wasm.events));
      expect(wasm.events[0]).toMatchObject({
        engine: { device: "WASM", fallback: "WebGPU: only a software adapter was found" },
      });
    });
  },
);
