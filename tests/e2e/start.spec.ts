import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { freePort, removeFolder, spawnServer, startWorkbench, temporaryFolder } from "./workbench";

const folders: string[] = [];
const folder = () => {
  const path = temporaryFolder();
  folders.push(path);
  return path;
};

afterAll(() => {
  for (const path of folders) removeFolder(path);
});

/** Starts a server that is expected to refuse; gives its exit code and its own lines. */
async function refusedStart(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const server = spawnServer({ PORT: String(await freePort()), ...env });
  const code = await server.exited;
  const lines = server
    .output()
    .split("\n")
    .filter((line) => line.startsWith("tessera:"));
  return { code, lines };
}

describe("a start that cannot succeed says why in one line and what to do", () => {
  it("when the port is in use, and creates nothing", async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    const dataDir = join(folder(), "data");
    const { code, lines } = await refusedStart({ PORT: String(port), DATA_DIR: dataDir });
    other.close();
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining(`Port ${port} on 127.0.0.1 is in use`)]);
    expect(statSync(dataDir, { throwIfNoEntry: false })).toBeUndefined();
  });

  it("when the data folder cannot be written", async () => {
    const parent = folder();
    writeFileSync(join(parent, "file"), "");
    const { code, lines } = await refusedStart({ DATA_DIR: join(parent, "file", "data") });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("DATA_DIR");
  });

  it("when another process holds the data folder", async () => {
    const first = await startWorkbench({}, folder());
    const { code, lines } = await refusedStart({ DATA_DIR: first.dataDir });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(first.dataDir);
    expect((await fetch(`${first.url}/api/health`)).status).toBe(200);
    expect(await first.stop()).toBe(0);
  });

  it("when a setting is wrong", async () => {
    const { code, lines } = await refusedStart({ DATA_DIR: folder(), PORT: "many" });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining("PORT")]);
  });

  it("when the administrator's key does not have the form of a key", async () => {
    const admin = { ADMIN_EMAIL: "mira@desk.example", ADMIN_PASSWORD: "eleven tiles and a mark" };
    const { code, lines } = await refusedStart({
      DATA_DIR: folder(),
      ...admin,
      ADMIN_API_KEY: "sk-something",
    });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining("ADMIN_API_KEY")]);
  });

  it("when the secret key is missing or wrong, and makes no new one", async () => {
    const dataDir = folder();
    const first = await startWorkbench(
      { ADMIN_EMAIL: "mira@desk.example", ADMIN_PASSWORD: "eleven tiles and a mark" },
      dataDir,
    );
    await first.stop();
    const file = join(dataDir, "secret.key");
    const key = readFileSync(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    rmSync(file);
    const missing = await refusedStart({ DATA_DIR: dataDir });
    expect(missing.code).toBe(1);
    expect(missing.lines).toEqual([expect.stringMatching(/secret/i)]);
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();

    const wrong = await refusedStart({ DATA_DIR: dataDir, SECRET_KEY: "x".repeat(44) });
    expect(wrong.code).toBe(1);
    expect(wrong.lines).toEqual([expect.stringMatching(/secret/i)]);

    writeFileSync(file, key, { mode: 0o600 });
    const again = await startWorkbench({}, dataDir);
    expect(again.setupLink).toBeUndefined();
    expect(await again.stop()).toBe(0);
  });
});

describe("a first start", () => {
  it("prints a link that makes the administrator once, and keeps its folders private", async () => {
    const parent = folder();
    mkdirSync(parent, { recursive: true });
    const bench = await startWorkbench({}, join(parent, "data"));
    expect(statSync(bench.dataDir).mode & 0o777).toBe(0o700);
    const token = bench.setupLink?.split("#token=")[1];
    const body = JSON.stringify({
      token,
      name: "Mira",
      email: "mira@desk.example",
      password: "eleven tiles and a mark",
    });
    const post = () =>
      fetch(`${bench.url}/api/setup`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
    const answers = await Promise.all([post(), post(), post()]);
    expect(answers.map((answer) => answer.ok).filter(Boolean)).toHaveLength(1);
    expect(await bench.stop()).toBe(0);
    const since = performance.now();
    const again = await startWorkbench({}, bench.dataDir);
    expect(await (await fetch(`${again.url}/sign-in`)).text()).toContain("Sign in");
    // The promise is 5 s on a quiet machine; this only catches a start that does its first work again.
    expect(performance.now() - since).toBeLessThan(15_000);
    expect(again.output()).not.toContain("/setup#token=");
    expect(await again.stop()).toBe(0);
  });
});
