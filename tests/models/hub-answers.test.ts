import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isInside, nameOf, variantsOf } from "@/lib/models/files";
import { testFolder } from "../support/folder";
import { type FakeHub, type HubOptions, startHub } from "./hub";
import { downloadsFrom, paperFiles } from "./support";

const token = "hf_0123456789abcdefWXYZ";
const graph = "onnx/model_q4.onnx";
let hub: FakeHub;
let modelsDir: string;

async function serve(options: Partial<HubOptions> = {}): Promise<void> {
  await hub?.close();
  hub = await startHub({ files: paperFiles(), ...options });
}

beforeEach(async () => {
  modelsDir = join(testFolder(), "models");
  await serve();
});
afterEach(() => hub.close());

const plan = (options: { token?: string } = {}, input: object = {}) =>
  downloadsFrom(hub, modelsDir, options).plan(input);

describe("the token", () => {
  it("goes to the hub and not to the host that it hands large files out from", async () => {
    await serve({ token });
    const { pull } = downloadsFrom(hub, modelsDir, { token });
    expect(await pull()).toMatchObject({ state: "done" });
    const asked = hub.calls.filter(({ host }) => host === "hub");
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.every(({ authorization }) => authorization === `Bearer ${token}`)).toBe(true);
    const handed = hub.calls.filter(({ host }) => host === "cdn");
    expect(handed).toHaveLength(1);
    expect(handed[0]?.authorization).toBeUndefined();
  });

  it("that is missing, and the licence to accept, are named", async () => {
    await serve({ token });
    await expect(plan()).rejects.toMatchObject({
      code: "unprocessable",
      message: expect.stringMatching(
        new RegExp(
          `accepted its licence \\(401\\)\\. Accept it at ${hub.address}/desk/pebble-onnx, then enter a token`,
        ),
      ),
      details: [{ path: "token" }],
    });
  });

  it("that may not read the model is named by its end alone", async () => {
    await serve({ token: "another" });
    const refused = await plan({ token }).catch((error: Error) => error);
    expect(refused).toMatchObject({
      message: expect.stringMatching(/the token that ends in WXYZ may not read desk\/pebble-onnx \(403\)/),
      details: [{ path: "token" }],
    });
    expect(JSON.stringify(refused)).not.toContain(token.slice(0, 10));
  });

  it("that the hub does not take is named", async () => {
    hub.faults.set("info", { status: 401 });
    await expect(plan({ token })).rejects.toThrow("does not take the token that ends in WXYZ (401)");
  });

  it("that is refused in the middle fails the download with what it needs", async () => {
    hub.faults.set("config.json", { status: 403, headers: { "x-error-code": "GatedRepo" } });
    expect(await downloadsFrom(hub, modelsDir).pull()).toMatchObject({
      state: "failed",
      reason: { code: "unprocessable", needs: "token" },
    });
  });
});

describe("a hub", () => {
  it("that has no such repository, revision or dtype says which", async () => {
    await expect(plan({}, { repository: "desk/none" })).rejects.toThrow(
      `${hub.address} has no repository desk/none, or it is private.`,
    );
    await expect(plan({ token }, { repository: "desk/none" })).rejects.toThrow(/no repository desk\/none\.$/);
    await expect(plan({}, { revision: "v9" })).rejects.toMatchObject({
      message: "desk/pebble-onnx has no revision v9.",
      details: [{ path: "revision" }],
    });
    await expect(plan({}, { dtype: "int8" })).rejects.toThrow(
      "desk/pebble-onnx has no int8; it has q4, fp32.",
    );
  });

  it("whose repository no engine here could run says so", async () => {
    await serve({ files: { "config.json": Buffer.from("{}"), "model.safetensors": Buffer.alloc(9) } });
    await expect(plan({}, { dtype: undefined })).rejects.toThrow("has no ONNX files");
    const { "tokenizer.json": _, ...rest } = paperFiles();
    await serve({ files: rest });
    await expect(plan()).rejects.toThrow("has no tokenizer.json");
  });

  it("that asks for patience is given it, as long as it asks", async () => {
    hub.faults.set(graph, { status: 429, headers: { "retry-after": "1" }, times: 1 });
    const from = performance.now();
    expect(await downloadsFrom(hub, modelsDir).pull()).toMatchObject({ state: "done" });
    expect(performance.now() - from).toBeGreaterThan(990);
  });

  it("that asks for too much patience ends the download with when to come back", async () => {
    hub.faults.set(graph, { status: 429, headers: { "retry-after": "3600" } });
    const failed = await downloadsFrom(hub, modelsDir).pull();
    expect(failed).toMatchObject({ state: "failed", reason: { code: "rate_limited" } });
    expect(failed.reason?.message).toContain("Try again in 3600 s.");
    hub.faults.set("info", { status: 429, headers: { "retry-after": "30" } });
    await expect(plan()).rejects.toMatchObject({ code: "rate_limited", retryAfter: 30 });
  });

  it("that fails for a moment is asked again, and one that fails for good is not a loop", async () => {
    hub.faults.set(graph, { status: 503, times: 1 });
    expect(await downloadsFrom(hub, modelsDir).pull()).toMatchObject({ state: "done" });
    hub.faults.set("onnx/model.onnx_data", { status: 500 });
    expect(await downloadsFrom(hub, modelsDir).pull({ dtype: "fp32" })).toMatchObject({
      state: "failed",
      reason: { code: "unavailable", message: `${hub.address} answered 500.` },
    });
  });

  it("that lost a file says which", async () => {
    hub.faults.set(graph, { status: 404 });
    expect((await downloadsFrom(hub, modelsDir).pull()).reason?.message).toContain(
      "has no file onnx/model_q4.onnx",
    );
  });

  it("that cannot be reached is named with the reason", async () => {
    const { address } = hub;
    await hub.close();
    await expect(plan()).rejects.toMatchObject({
      code: "unavailable",
      message: `${address} could not be reached: it refused the connection.`,
    });
  });

  it("that is no hub is called that", async () => {
    const page = createServer((_, response) => response.end("<html>"));
    await new Promise<void>((done) => page.listen(0, "127.0.0.1", done));
    const address = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    const real = hub.address;
    hub.address = address;
    await expect(plan()).rejects.toThrow(`${address} does not answer as a model hub does.`);
    hub.address = real;
    page.close();
  });

  it.each([
    "../escape.json",
    "/etc/passwd",
    "onnx/../../x",
    "onnx\\..\\x",
    "C:/x",
    "a//b",
    "./config.json",
    "x\0y",
  ])("that lists %j is refused as a whole", async (path) => {
    const entry = { type: "file", size: 1, oid: "c".repeat(40) };
    await serve({
      tree: [
        { ...entry, path: "config.json" },
        { ...entry, path },
      ],
    });
    await expect(plan()).rejects.toThrow("lists a file outside its folder");
  });

  it("that leads from an encrypted address to a plain one, or in circles, is not followed", async () => {
    const loop = createServer((request, response) => {
      response.writeHead(302, { location: request.url });
      response.end();
    });
    await new Promise<void>((done) => loop.listen(0, "127.0.0.1", done));
    const real = hub.address;
    hub.address = `http://127.0.0.1:${(loop.address() as AddressInfo).port}`;
    await expect(plan()).rejects.toThrow("redirected more than 5 times");
    hub.address = real;
    loop.close();
  });

  it("that leads to a private address is not followed there", async () => {
    const trap = createServer((_, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" });
      response.end();
    });
    await new Promise<void>((done) => trap.listen(0, "127.0.0.1", done));
    const real = hub.address;
    hub.address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
    await expect(plan()).rejects.toThrow("169.254.169.254 is not a public address");
    hub.address = real;
    trap.close();
  });
});

describe("the files of a variant", () => {
  const file = (path: string) => ({ path, size: 1 });

  it("are its graph, its data, what reads text and its card, and no other variant's", () => {
    const variants = variantsOf(
      [
        "config.json",
        "README.md",
        "onnx/model_q4.onnx",
        "onnx/model_q4.onnx_data",
        "onnx/model_q4.onnx_data_1",
        "onnx/model_q4f16.onnx",
        "onnx/model_quantized.onnx",
        "pytorch_model.bin",
        "1_Pooling/config.json",
      ].map(file),
    );
    expect(variants.map(({ dtype, files }) => [dtype, files.map(({ path }) => path)])).toEqual([
      [
        "q4",
        [
          "config.json",
          "README.md",
          "onnx/model_q4.onnx",
          "onnx/model_q4.onnx_data",
          "onnx/model_q4.onnx_data_1",
          "1_Pooling/config.json",
        ],
      ],
      ["q4f16", ["config.json", "README.md", "onnx/model_q4f16.onnx", "1_Pooling/config.json"]],
      ["int8", ["config.json", "README.md", "onnx/model_quantized.onnx", "1_Pooling/config.json"]],
    ]);
  });

  it("are also found beside the configuration", () => {
    expect(variantsOf([file("model.onnx"), file("model.onnx.data")])).toMatchObject([
      { dtype: "fp32", graph: "model.onnx", bytes: 2 },
    ]);
  });

  it.each([
    ["HuggingFaceTB/SmolLM2-135M-Instruct", "smollm2-135m-instruct-q4"],
    ["onnx-community/Qwen3-0.6B-ONNX", "qwen3-0.6b-q4"],
    ["onnx-community/Phi-3.5-mini-instruct-onnx-web", "phi-3.5-mini-instruct-q4"],
    ["a/_odd--Name", "odd--name-q4"],
    [`a/${"x".repeat(96)}`, `${"x".repeat(61)}-q4`],
  ])("of %s are called %s", (repository, name) => {
    expect(nameOf(repository, "q4")).toBe(name);
  });

  it("may have dots in their names", () => {
    expect(["a..b", ".hidden", "a/b.c", "…"].every(isInside)).toBe(true);
  });
});
