import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { ChatCall, ChatEvent, EngineStatus } from "@/lib/inference";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import { chromiumPath, openPage, serveEngine, type TestWindow } from "./browser-support";
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
      expect(fetched).toContain("/models/kept/onnx/model.onnx");
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
      await page.route("**/workers/inference.js*", (route) =>
        attempts++ === 0 ? route.abort() : route.continue(),
      );
      const lasts = await page.evaluate(async (chat) => {
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
