import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

const scripts = resolve(import.meta.dirname, "../../scripts");
const url = (file: string) => pathToFileURL(join(scripts, file)).href;

/** Runs module code in a Node of its own; `env` replaces the environment. */
function node(code: string, env: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const options = {
      env: { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", ...env },
      cwd: resolve(scripts, ".."),
    };
    execFile(process.execPath, ["--input-type=module", "-e", code], options, (error, stdout, stderr) =>
      done({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

const nodeVersion = (version: string) =>
  `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;

it.each(["start.mjs", "test.mjs", "dev.mjs", "bench.mjs"])(
  "%s refuses a Node too old in one line",
  async (file) => {
    const { code, stdout, stderr } = await node(`${nodeVersion("18.20.4")} await import("${url(file)}")`);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toBe("tessera: Node 18.20.4 is not supported. Install Node 20.19, 22.12, 24 or later.\n");
  },
);

it("takes the Node versions that the packages run on", async () => {
  for (const [version, code] of Object.entries({
    "20.18.9": 1,
    "20.19.0": 0,
    "21.7.0": 1,
    "22.12.0": 0,
    "24.0.0": 0,
  })) {
    const script = `${nodeVersion(version)} (await import("${url("console.mjs")}")).requireNode()`;
    expect([version, (await node(script)).code]).toEqual([version, code]);
  }
});

it("says which package to install where there is no Chromium and none may be installed", async () => {
  const script = `
    process.getuid = () => 1000;
    const { chromiumAbsent, findOrInstallChromium } = await import("${url("chromium.mjs")}");
    console.log((await findOrInstallChromium()) ?? chromiumAbsent);`;
  const { stdout } = await node(script, { PATH: join(scripts, "nowhere") });
  if (process.platform === "linux")
    expect(stdout).toMatch(/^Journeys in Chromium skipped: .*Install the package “chromium”/);
  expect((await node(script, { CHROMIUM: process.execPath })).stdout.trim()).toBe(process.execPath);
});
