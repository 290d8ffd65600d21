import type { ChildProcess } from "node:child_process";
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import { ask, engineOver, randomModel, run, scratchFolder, useServerWorker, writeManifest } from "./support";

const quick = { max_tokens: 4 };

let good: ModelSource;
let folder: string;

beforeAll(async () => {
  await useServerWorker();
  folder = await scratchFolder();
  good = await randomModel(folder, "good");
});

/** A model in which one file is no longer what its manifest says. */
async function damaged(name: string, file: string, damage: (path: string) => void): Promise<ModelSource> {
  const source = await randomModel(folder, name);
  damage(join(source.base, file));
  return source;
}

describe("a damaged model", () => {
  const damages: [string, string, (path: string) => void][] = [
    ["flipped", "onnx/model.onnx", (path) => flipByte(path)],
    ["cut", "onnx/model.onnx", (path) => truncateSync(path, 1000)],
    ["absent", "tokenizer.json", (path) => rmSync(path)],
    ["grown", "config.json", (path) => writeFileSync(path, " ".repeat(5000))],
  ];

  it("is refused with the file and the expected sha256, and the others go on", async () => {
    const bad = await Promise.all(damages.map(([name, file, damage]) => damaged(name, file, damage)));
    const engine = engineOver([...bad, good]);
    for (const [i, [name, file]] of damages.entries()) {
      const { last } = await run(engine, ask(name, "Hi", quick));
      const sha256 = bad[i]?.manifest.files.find(({ path }) => path === file)?.sha256 ?? "none";
      expect(last).toMatchObject({
        type: "error",
        code: "unprocessable",
        message: expect.stringContaining(file),
      });
      expect(last).toMatchObject({ message: expect.stringContaining(sha256) });
      expect((await run(engine, ask("good", "Hi", quick))).last).toMatchObject({ type: "finish" });
      expect(engine.status().models).toContainEqual(expect.objectContaining({ name, state: "failed" }));
    }
  });

  it("is refused when its files are whole but no model", async () => {
    const contents: [string, string, RegExp][] = [
      ["onnx/model.onnx", "no graph at all", /model.onnx is not a whole ONNX file/],
      ["config.json", "{}", /config.json is not that of a decoder/],
      ["config.json", "nonsense", /config.json is not JSON/],
      ["tokenizer.json", "{}", /tokenizer.json cannot be used/],
    ];
    const odd = await Promise.all(
      contents.map(async ([file, content], i) => {
        const { base } = await randomModel(folder, `odd${i}`);
        writeFileSync(join(base, file), content);
        return writeManifest(base, `odd${i}`, 256);
      }),
    );
    const engine = engineOver(odd);
    for (const [i, [, , message]] of contents.entries()) {
      const { last } = await run(engine, ask(`odd${i}`, "Hi", quick));
      expect(last).toMatchObject({
        type: "error",
        code: "unprocessable",
        message: expect.stringMatching(message),
      });
    }
  });

  it("is refused with the tokenizer of another model", async () => {
    const { base } = await randomModel(folder, "mixed");
    const path = join(base, "tokenizer.json");
    const tokenizer = JSON.parse(readFileSync(path, "utf8"));
    for (let id = 2048; id < 5000; id++) tokenizer.model.vocab[`other${id}`] = id;
    writeFileSync(path, JSON.stringify(tokenizer));
    const source = await writeManifest(base, "mixed", 256);
    expect((await run(engineOver([source]), ask("mixed", "Hi", quick))).last).toMatchObject({
      code: "unprocessable",
      message: expect.stringMatching(/tokenizer.json is not that of this model: 2952 of its tokens/),
    });
  });

  it("runs once it is repaired", async () => {
    const bad = await damaged("healed", "onnx/model.onnx", flipByte);
    const engine = engineOver([bad]);
    expect((await run(engine, ask("healed", "Hi", quick))).last).toMatchObject({ type: "error" });
    flipByte(join(bad.base, "onnx/model.onnx"));
    expect((await run(engine, ask("healed", "Hi", quick))).last).toMatchObject({ type: "finish" });
  });
});

describe("a worker that dies", () => {
  it("ends what ran in it with an error; the calls in line and the next ones are served by another", async () => {
    const workers: ChildProcess[] = [];
    const engine = engineOver([good], { maxRunning: 1, onWorker: (worker) => workers.push(worker) });
    const stream = engine.chat(ask("good", "Hi"), new AbortController().signal);
    const events = [(await stream.next()).value, (await stream.next()).value];
    const inLine = run(engine, ask("good", "Hi", quick));
    await expect.poll(() => engine.status().waiting).toBe(1);
    workers[0]?.kill("SIGKILL");
    for await (const event of stream) events.push(event);
    expect(events.at(-1)).toMatchObject({
      type: "error",
      code: "unavailable",
      message: expect.stringContaining("worker ended"),
    });
    expect((await inLine).last).toMatchObject({ type: "finish" });
    expect((await run(engine, ask("good", "Hi", quick))).last).toMatchObject({ type: "finish" });
    expect(workers.length).toBe(2);
  });

  it("is restarted three times in a row, then its model is refused for a while with the reason", async () => {
    let started = 0;
    let deadly = true;
    const engine = engineOver([good], {
      cooldownMs: 1500,
      onWorker: (worker) => {
        started++;
        if (deadly) worker.kill("SIGKILL");
      },
    });
    for (let call = 0; call < 4; call++) {
      expect((await run(engine, ask("good", "Hi"))).last).toMatchObject({
        type: "error",
        code: "unavailable",
      });
    }
    expect(started).toBe(4);
    const refused = (await run(engine, ask("good", "Hi"))).last;
    expect(refused).toMatchObject({
      code: "unavailable",
      retryAfter: 2,
      message: expect.stringMatching(/4 times in a row \(SIGKILL\)/),
    });
    expect(engine.status().models).toEqual([
      { name: "good", state: "failed", reason: expect.stringMatching("SIGKILL") },
    ]);
    expect(started).toBe(4);
    deadly = false;
    await new Promise((done) => setTimeout(done, 1600));
    expect((await run(engine, ask("good", "Hi", quick))).last).toMatchObject({ type: "finish" });
    expect(started).toBe(5);
  });

  it("is tried again at once when somebody asks for just that", async () => {
    let deadly = true;
    const engine = engineOver([good], {
      cooldownMs: 600_000,
      onWorker: (worker) => {
        if (deadly) worker.kill("SIGKILL");
      },
    });
    for (let call = 0; call < 5; call++) await run(engine, ask("good", "Hi"));
    expect(engine.status().models).toMatchObject([{ name: "good", state: "failed" }]);
    deadly = false;
    expect((await run(engine, ask("good", "Hi"))).last).toMatchObject({ retryAfter: 600 });
    await engine.retry("good");
    expect(engine.status().models).toMatchObject([{ name: "good", state: "ready" }]);
    expect((await run(engine, ask("good", "Hi", quick))).last).toMatchObject({ type: "finish" });
  });

  it("is an error and no endless wait when it cannot even be started", async () => {
    const node = process.execPath;
    const engine = engineOver([good]);
    process.execPath = join(folder, "no-node-here");
    const { last } = await run(engine, ask("good", "Hi", quick));
    process.execPath = node;
    expect(last).toMatchObject({ code: "unavailable", message: expect.stringContaining("ENOENT") });
    expect((await run(engine, ask("good", "Hi", quick))).last).toMatchObject({ type: "finish" });
  });

  it("is given no secret of the server", async () => {
    if (process.platform !== "linux") return;
    process.env.TESSERA_SECRET_KEY ??= "a secret that only the server may know";
    let environment = "";
    const engine = engineOver([good], {
      onWorker: ({ pid }) => {
        environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      },
    });
    await run(engine, ask("good", "Hi", quick));
    expect(environment).toContain("PATH=");
    expect(environment).not.toContain("SECRET");
  });

  it("fails a load that waits for it", async () => {
    const engine = engineOver([good], { onWorker: (worker) => void worker.kill("SIGKILL") });
    await expect(engine.load("good")).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("a worker that was never built", () => {
  it("is said in words", async () => {
    const built = process.env.TESSERA_WORKERS_DIR;
    process.env.TESSERA_WORKERS_DIR = join(folder, "nowhere");
    const { last } = await run(engineOver([good]), ask("good", "Hi"));
    process.env.TESSERA_WORKERS_DIR = built;
    expect(last).toMatchObject({
      type: "error",
      code: "unavailable",
      message: expect.stringContaining("not built"),
    });
  });
});

/** Turns one byte in the middle over; twice is back again. */
function flipByte(path: string): void {
  const { size } = statSync(path);
  const file = openSync(path, "r+");
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, size >> 1);
  byte[0] = (byte[0] ?? 0) ^ 0xff;
  writeSync(file, byte, 0, 1, size >> 1);
  closeSync(file);
}
