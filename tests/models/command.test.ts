import "@/tests/support/settings";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dropSingle } from "@/lib/core/server";
import { handleControl, startControl } from "@/lib/db/control";
import { setPointing, startModels, stopModels } from "@/lib/models/server";
import { main } from "@/scripts/cli";
import { bundleChild, startChild } from "../support/child";
import { testFolder } from "../support/folder";
import { type FakeHub, sha, startHub } from "./hub";
import { downloadsFrom, paperFiles, until } from "./support";

const graph = "onnx/model_q4.onnx";
const token = "hf_0123456789abcdefWXYZ";
let hub: FakeHub;
let dataDir: string;

beforeEach(async () => {
  dataDir = testFolder();
  vi.stubEnv("DATA_DIR", dataDir);
  vi.stubEnv("ALLOW_PRIVATE_HOSTS", "127.0.0.1");
  forget();
  hub = await startHub({ files: paperFiles() });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
});

const forget = () => {
  for (const each of ["core.safe-dispatcher", "inference.manifests", "models.downloads"]) dropSingle(each);
};

/** Runs the command line; progress is what it writes beside its answer. */
async function tessera(...args: string[]) {
  const said: string[] = [];
  const progress: string[] = [];
  const spies = [
    vi.spyOn(console, "log").mockImplementation((line) => said.push(String(line))),
    vi.spyOn(console, "error").mockImplementation((line) => said.push(String(line))),
    vi.spyOn(process.stderr, "write").mockImplementation((line) => progress.push(String(line)) > 0),
  ];
  try {
    return { status: await main(["model", ...args], dataDir), said: said.join("\n"), progress };
  } finally {
    for (const spy of spies) spy.mockRestore();
    forget();
  }
}

const pull = (...args: string[]) => tessera("pull", hub.repository, "--dtype", "q4", ...args);
const fromHub = () => ["--hub", hub.address];

describe("tessera model", () => {
  it("pulls a model in plain lines, says when it is here already, lists and deletes it", async () => {
    const { status, said, progress } = await pull(...fromHub());
    expect([status, said]).toEqual([0, "pebble-q4 is here, every file checked."]);
    expect(progress.at(-1)).toMatch(/^pebble-q4: 300 kB of 300 kB.*5 of 5 files checked\n$/);
    expect(existsSync(join(dataDir, "models/pebble-q4/tessera.json"))).toBe(true);
    expect(await pull(...fromHub())).toMatchObject({ status: 0, said: "pebble-q4 is here already." });
    const { said: listed } = await tessera("list");
    expect(listed).toMatch(/pebble-q4 +chat +300 kB +desk\/pebble-onnx@0123456/);
    expect(listed).toMatch(/pebble-2m +chat .* built-in/);
    expect(listed).toContain("smollm2-135m-instruct");
    expect(await tessera("delete", "pebble-q4")).toEqual({
      status: 0,
      said: "pebble-q4 is deleted; 300 kB are free again.",
      progress: [],
    });
    expect(await tessera("delete", "pebble-2m")).toMatchObject({
      status: 1,
      said: expect.stringContaining("built in"),
    });
    expect(await tessera("delete", "pebble-q4")).toMatchObject({ status: 1 });
  });

  it("says so where another commit is here under that name, and gives this one another", async () => {
    expect(await pull(...fromHub())).toMatchObject({ status: 0 });
    const later = "89abcdef0123456789abcdef0123456789abcdef";
    hub.options.info = { sha: later };
    expect(await pull(...fromHub())).toMatchObject({
      status: 1,
      said: expect.stringMatching(
        new RegExp(`pebble-q4 is desk/pebble-onnx \\(q4\\) at commit ${sha}\\. For commit ${later}`),
      ),
    });
    expect(await pull("--name", "pebble-later", ...fromHub())).toMatchObject({
      status: 0,
      said: "pebble-later is here, every file checked.",
    });
    expect(await pull("--name", "pebble-later", ...fromHub())).toMatchObject({
      said: "pebble-later is here already.",
    });
  });

  it("goes on where it was cut when it is called again", async () => {
    hub.faults.set(graph, { status: 403 });
    const cut = await pull(...fromHub());
    expect(cut).toMatchObject({
      status: 1,
      said: expect.stringMatching(
        /is not complete\. .*licence.*The same command goes on where it stopped\.$/,
      ),
    });
    expect((await tessera("list")).said).toMatch(
      /Not complete\n {2}pebble-q4 {2}failed, \d+ bytes of 300 kB: /,
    );
    hub.faults.clear();
    hub.calls.length = 0;
    expect(await pull(...fromHub())).toMatchObject({ status: 0 });
    expect(hub.files().every(({ path }) => path.includes("model_q4"))).toBe(true);
  });

  it("imports a folder", async () => {
    for (const [path, bytes] of Object.entries(paperFiles())) {
      mkdirSync(dirname(join(dataDir, "Paper", path)), { recursive: true });
      writeFileSync(join(dataDir, "Paper", path), bytes);
    }
    expect(await tessera("import", "Paper")).toMatchObject({
      status: 1,
      said: expect.stringContaining("several graphs"),
    });
    expect(await tessera("import", "Paper", "--dtype", "q4")).toMatchObject({
      status: 0,
      said: "paper-q4 is imported.",
    });
    expect(await tessera("import", "Paper", "--dtype", "q4", "--name", "second")).toMatchObject({
      said: "second is imported.",
    });
    const manifest = JSON.parse(readFileSync(join(dataDir, "models/paper-q4/tessera.json"), "utf8"));
    expect(manifest).toMatchObject({ name: "paper-q4", dtype: "q4", graph });
  });

  it("deletes nothing that an alias of the server that runs points to", async () => {
    await pull(...fromHub());
    const control = await startControl(dataDir);
    await startModels();
    setPointing(async (name) => (name === "pebble-q4" ? [{ alias: "champion", model: "desk" }] : []));
    expect(await tessera("delete", "pebble-q4")).toMatchObject({
      status: 1,
      said: expect.stringContaining("The alias champion of desk points to pebble-q4."),
    });
    setPointing(async () => []);
    expect(await tessera("delete", "pebble-q4")).toMatchObject({ status: 0 });
    await stopModels();
    await control.close();
  });

  it("answers a wrong command line with the right one", async () => {
    for (const args of [
      [],
      ["pull"],
      ["pull", "a/b", "c"],
      ["delete"],
      ["list", "x"],
      ["constructor"],
      ["pull", "a/b", "--dtype", "q9"],
      ["pull", "../x"],
    ]) {
      const { status, said } = await tessera(...args);
      expect([args, status]).toEqual([args, 1]);
      expect(said).toMatch(/Usage: tessera model list|dtype|owner\/name/);
    }
  });

  it("takes the hub and its token from the server that runs, and gives the token to no other hub", async () => {
    await hub.close();
    hub = await startHub({ files: paperFiles(), token });
    const control = await startControl(dataDir);
    handleControl("models.hub", async () => ({ address: hub.address, token }));
    expect(await pull()).toMatchObject({ status: 0 });
    const other = await startHub({ files: paperFiles() });
    await tessera("pull", hub.repository, "--dtype", "fp32", "--hub", other.address);
    expect(other.calls.length).toBeGreaterThan(3);
    expect(other.calls.every(({ authorization }) => authorization === undefined)).toBe(true);
    await other.close();
    await control.close();
  });
});

describe("a process that is killed while it fetches", () => {
  it("leaves what the next one goes on with", { timeout: 120_000 }, async () => {
    hub.faults.set(graph, { holdAt: 150_000 });
    const program = bundleChild("tests/support/programs/command-line.ts");
    const child = startChild(
      process.execPath,
      [program, "model", "pull", hub.repository, "--dtype", "q4", ...fromHub()],
      {
        DATA_DIR: dataDir,
        ALLOW_PRIVATE_HOSTS: "127.0.0.1",
      },
    );
    const modelsDir = join(dataDir, "models");
    const part = join(modelsDir, ".partial/pebble-q4/files", `${graph}.part`);
    await until(async () => existsSync(part) && statSync(part).size === 150_000, 60_000);
    child.process.kill("SIGKILL");
    await child.exited;
    expect(existsSync(join(modelsDir, "pebble-q4"))).toBe(false);
    hub.faults.clear();
    const next = downloadsFrom(hub, modelsDir).downloads;
    await next.recover();
    expect(await next.ended("pebble-q4")).toMatchObject({ state: "done" });
    expect(hub.calls.at(-1)?.range).toBe("bytes=150000-");
  });
});
