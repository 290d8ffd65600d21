import { spawnSync } from "node:child_process";
import { existsSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { acquireDataLock } from "@/lib/db/data-lock";
import { bundleChild, startChild } from "@/tests/support/child";
import { testDataFolder } from "@/tests/support/database";
import { testFolder } from "@/tests/support/folder";

const methods = process.platform === "darwin" ? (["file"] as const) : (["name", "file"] as const);

for (const method of methods) {
  it(`lets one holder in at a time and names the folder and the remedy (${method})`, async () => {
    const dir = testFolder();
    const lock = await acquireDataLock(dir, method);
    await expect(acquireDataLock(dir, method)).rejects.toMatchObject({
      code: "unavailable",
      message: `Another process is using the data folder ${dir}. Stop it, or set DATA_DIR to another folder.`,
    });
    const elsewhere = await acquireDataLock(testFolder(), method);
    await elsewhere.release();
    await lock.release();
    await (await acquireDataLock(dir, method)).release();
  });

  it(`lets in exactly one of many that come at once (${method})`, async () => {
    const dir = testFolder();
    if (method === "file") writeFileSync(join(dir, "lock"), `${deadPid()} left behind\n`);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => acquireDataLock(dir, method)));
    const locks = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(locks).toHaveLength(1);
    await locks[0]?.value.release();
  });
}

function deadPid(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

it.skipIf(process.platform === "win32")("meets the holder through a link to the folder", async () => {
  const dir = testFolder();
  const link = join(testFolder(), "link");
  symlinkSync(dir, link);
  const lock = await acquireDataLock(dir);
  await expect(acquireDataLock(link)).rejects.toMatchObject({ code: "unavailable" });
  await lock.release();
});

it("takes over the lock file of a process that is gone, and of one before the machine's last start", async () => {
  const dir = testFolder();
  writeFileSync(join(dir, "lock"), `${deadPid()} left behind\n`);
  await (await acquireDataLock(dir, "file")).release();
  expect(existsSync(join(dir, "lock"))).toBe(false);
  // The pid lives, but it was given out anew since.
  writeFileSync(join(dir, "lock"), `${process.pid} from before\n`);
  utimesSync(join(dir, "lock"), new Date(2000, 0), new Date(2000, 0));
  await (await acquireDataLock(dir, "file")).release();
});

it("says so when the folder cannot be written", async () => {
  const file = join(testFolder(), "file");
  writeFileSync(file, "");
  await expect(acquireDataLock(join(file, "data"))).rejects.toMatchObject({
    message: expect.stringContaining("cannot be written"),
  });
});

it("refuses a second process on one data folder, and lets it in once the first was killed", {
  timeout: 300_000,
}, async () => {
  const dataDir = await testDataFolder();
  const program = bundleChild("tests/support/programs/opener.ts");
  const start = async () => {
    const child = startChild(process.execPath, [program], { DATA_DIR: dataDir });
    const { value } = await child.lines.next();
    return { child, said: value ?? child.errors() };
  };
  const one = await start();
  expect(one.said).toBe("open");
  const two = await start();
  expect(two.said).toContain(`refused: Another process is using the data folder ${dataDir}.`);
  one.child.process.kill("SIGKILL");
  await one.child.exited;
  const three = await start();
  expect(three.said).toBe("open");
  three.child.process.kill("SIGKILL");
  await three.child.exited;
});
