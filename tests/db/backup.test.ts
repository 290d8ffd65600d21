import "@/tests/support/settings";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it, onTestFinished, vi } from "vitest";
import { tarEnd, tarHeader, tarPadding } from "@/lib/db/backup/tar";
import { openDatabase } from "@/lib/db/server";
import { main } from "@/scripts/cli";
import { bundleChild, startChild } from "@/tests/support/child";
import { testDataFolder } from "@/tests/support/database";
import { testFolder } from "@/tests/support/folder";

/** Runs the command line against a data folder, from another folder. */
async function tessera(
  dataDir: string,
  cwd: string,
  ...args: string[]
): Promise<{ status: number; said: string }> {
  vi.stubEnv("DATA_DIR", dataDir);
  const said: string[] = [];
  const out = vi.spyOn(console, "log").mockImplementation((line) => said.push(String(line)));
  const err = vi.spyOn(console, "error").mockImplementation((line) => said.push(String(line)));
  try {
    return { status: await main(args, cwd), said: said.join("\n") };
  } finally {
    out.mockRestore();
    err.mockRestore();
    vi.unstubAllEnvs();
  }
}

async function keysIn(dataDir: string): Promise<string[]> {
  const database = await openDatabase({ kind: "folder", dir: join(dataDir, "db") });
  const rows = await database.prisma.setting.findMany({ select: { key: true } });
  await database.close();
  return rows.map((row) => row.key);
}

it("backs up a workbench that is writing, and restores a state it was in", { timeout: 300_000 }, async () => {
  const dataDir = await testDataFolder();
  const elsewhere = testFolder();
  writeFileSync(join(dataDir, "secret.key"), "the key");
  mkdirSync(join(dataDir, "journal"));
  writeFileSync(join(dataDir, "journal", "1.jsonl"), "{}\n");
  const program = bundleChild("tests/support/programs/writer.ts");
  const writer = startChild(process.execPath, [program], { DATA_DIR: dataDir });
  onTestFinished(() => void writer.process.kill("SIGKILL"));
  const acknowledged: string[] = [];
  let told: () => void = () => {};
  const enough = new Promise<void>((resolve) => {
    told = resolve;
  });
  const reading = (async () => {
    for await (const line of writer.lines) {
      if (line !== "open") acknowledged.push(line);
      if (acknowledged.length === 50) told();
    }
  })();
  await Promise.race([enough, writer.exited]);
  const before = [...acknowledged];
  const backedUp = await tessera(dataDir, elsewhere, "backup", "nightly.tessera");
  expect(backedUp).toMatchObject({
    status: 0,
    said: expect.stringContaining("does not hold the secret key"),
  });
  const sinceThen = acknowledged.length;
  writer.process.kill("SIGKILL");
  await reading;
  expect(sinceThen).toBeGreaterThan(before.length);
  expect(statSync(join(elsewhere, "nightly.tessera")).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir).filter((name) => name.startsWith("backup-"))).toEqual([]);

  const restored = await tessera(dataDir, elsewhere, "restore", "nightly.tessera", "--into", "again");
  expect(restored).toMatchObject({ status: 0, said: expect.stringContaining("put the old secret.key into") });
  const again = join(elsewhere, "again");
  expect(existsSync(join(again, "secret.key"))).toBe(false);
  expect(readFileSync(join(again, "journal", "1.jsonl"), "utf8")).toBe("{}\n");
  const keys = await keysIn(again);
  expect(before.filter((key) => !keys.includes(key))).toEqual([]);
  for (const lane of ["0-", "1-", "2-"]) {
    const numbers = keys.filter((key) => key.startsWith(lane)).map((key) => Number(key.slice(2)));
    // Each lane writes one row after another, so any moment's state has no gap.
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index));
  }
});

it("backs up a stopped workbench, with the key when asked, and refuses what could destroy something", {
  timeout: 300_000,
}, async () => {
  const dataDir = await testDataFolder();
  const cwd = testFolder();
  expect(await tessera(dataDir, cwd, "backup", "a", "--with-key")).toMatchObject({
    status: 1,
    said: expect.stringContaining("no secret.key"),
  });
  expect(existsSync(join(cwd, "a"))).toBe(false);
  writeFileSync(join(dataDir, "secret.key"), "the key");
  expect(await tessera(dataDir, cwd, "backup", "a", "--with-key")).toMatchObject({ status: 0 });
  expect(await tessera(dataDir, cwd, "backup", "a")).toMatchObject({
    status: 1,
    said: expect.stringContaining("exists already"),
  });
  expect(await tessera(dataDir, cwd, "restore", "a")).toMatchObject({
    status: 1,
    said: expect.stringContaining("is not empty"),
  });
  expect(await tessera(join(cwd, "new"), cwd, "restore", "a")).toMatchObject({ status: 0 });
  expect(readFileSync(join(cwd, "new", "secret.key"), "utf8")).toBe("the key");
  expect(statSync(join(cwd, "new", "secret.key")).mode & 0o777).toBe(0o600);
  expect(await keysIn(join(cwd, "new"))).toEqual([]);
});

it("restores nothing from a file that was cut or changed", { timeout: 300_000 }, async () => {
  const dataDir = await testDataFolder();
  const cwd = testFolder();
  await tessera(dataDir, cwd, "backup", "good");
  const good = readFileSync(join(cwd, "good"));
  writeFileSync(join(cwd, "cut"), good);
  truncateSync(join(cwd, "cut"), Math.floor(good.length / 2));
  const changed = Buffer.from(good);
  changed[Math.floor(good.length / 2)] = (changed[Math.floor(good.length / 2)] ?? 0) ^ 1;
  writeFileSync(join(cwd, "changed"), changed);
  writeFileSync(join(cwd, "text"), "not a backup");
  for (const file of ["cut", "changed", "text"]) {
    const { status, said } = await tessera(join(cwd, "new"), cwd, "restore", file);
    expect(said).toContain("is not a whole backup");
    expect(status).toBe(1);
    expect(existsSync(join(cwd, "new"))).toBe(false);
  }
});

it("writes nothing outside the folder, whatever an archive says", async () => {
  const cwd = testFolder();
  for (const path of ["../evil", "db/../../evil", "/tmp/evil", "db/..", "other/file", "db/a\\b"]) {
    const content = Buffer.from("x");
    const tar = Buffer.concat([tarHeader({ path, size: 1 }), content, tarPadding(1), tarEnd]);
    writeFileSync(join(cwd, "hostile"), gzipSync(tar));
    const { status, said } = await tessera(join(cwd, "new"), cwd, "restore", "hostile");
    expect(said).toContain("something unexpected");
    expect(status).toBe(1);
    expect(readdirSync(cwd)).toEqual(["hostile"]);
  }
});

it("sends users of PostgreSQL to its own tools", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://127.0.0.1:1/none");
  const cwd = testFolder();
  const { said } = await tessera(cwd, cwd, "backup", "file");
  expect(said).toContain("pg_dump");
});

it("answers a wrong command line with the right one", async () => {
  const cwd = testFolder();
  expect(await tessera(cwd, cwd, "backup")).toEqual({
    status: 1,
    said: "tessera: Usage: tessera backup <file> [--with-key]",
  });
  expect(await tessera(cwd, cwd, "backup", "a", "--wrong")).toMatchObject({ status: 1 });
  expect((await tessera(cwd, cwd, "nonsense")).said).toContain("tessera restore <file>");
});
