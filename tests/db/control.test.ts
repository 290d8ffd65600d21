import "@/tests/support/settings";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { AppError } from "@/lib/core";
import { callControl, handleControl, startControl } from "@/lib/db/control";
import { testFolder } from "@/tests/support/folder";

it("runs a command in the process that holds the folder, and passes its refusals on", async () => {
  const dir = testFolder();
  const control = await startControl(dir);
  handleControl("double", async (n) => Number(n) * 2);
  handleControl("refuse", () => Promise.reject(new AppError("conflict", "Not now.")));
  handleControl("break", () => Promise.reject(new Error("internal detail")));
  expect(await callControl(dir, "double", 21)).toEqual({ result: 42 });
  await expect(callControl(dir, "refuse", null)).rejects.toMatchObject({
    code: "conflict",
    message: "Not now.",
  });
  await expect(callControl(dir, "unheard", null)).rejects.toMatchObject({ code: "not_found" });
  const broken = await callControl(dir, "break", null).catch((error: Error) => error);
  expect(broken).toMatchObject({ code: "internal" });
  expect(String(broken)).not.toContain("internal detail");
  await control.close();
});

it.skipIf(process.platform === "win32")(
  "listens where only this user can reach it, also when the folder's path is long",
  async () => {
    const long = join(testFolder(), "d".repeat(100));
    mkdirSync(long);
    for (const dir of [testFolder(), long]) {
      const control = await startControl(dir);
      handleControl("ping", async () => "pong");
      expect(await callControl(dir, "ping", null)).toEqual({ result: "pong" });
      expect(statSync(join(dir, "control")).mode & 0o777).toBe(0o600);
      if (dir !== long) expect(statSync(join(dir, "control.sock")).mode & 0o777).toBe(0o600);
      await control.close();
      expect(await callControl(dir, "ping", null)).toBeNull();
    }
  },
);

it("finds nobody where nothing listens: a new folder, and one whose process was killed", async () => {
  const dir = testFolder();
  expect(await callControl(dir, "ping", null)).toBeNull();
  writeFileSync(join(dir, "control"), join(dir, "control.sock"));
  expect(await callControl(dir, "ping", null)).toBeNull();
  // The next process clears what the killed one left.
  writeFileSync(join(dir, "control.sock"), "");
  const control = await startControl(dir);
  expect(existsSync(join(dir, "control.sock"))).toBe(true);
  await control.close();
});

it("says so when the process goes away before it answers", async () => {
  const dir = testFolder();
  const address = process.platform === "win32" ? "\\\\.\\pipe\\tessera-test" : join(dir, "control.sock");
  const server = createServer((socket) => socket.once("data", () => socket.destroy()));
  await new Promise<void>((resolve) => server.listen(address, resolve));
  writeFileSync(join(dir, "control"), address);
  await expect(callControl(dir, "ping", null)).rejects.toThrow("stopped before it had finished");
  server.close();
});
