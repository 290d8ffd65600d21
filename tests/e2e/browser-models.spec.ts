import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byteCount } from "@/lib/core";
import { administrator, signInAdministrator, type Visitor } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, temporaryFolder, type Workbench } from "./workbench";

const name = "stone-6m";
const graph = "onnx/model.onnx";
const source = "public/models/cobble-6m";
const { files } = JSON.parse(readFileSync(join(source, "tessera.json"), "utf8")) as {
  files: { path: string; size: number }[];
};
const sizeOf = (...paths: string[]) =>
  files.filter(({ path }) => paths.includes(path)).reduce((sum, { size }) => sum + size, 0);
const partBytes = 8 * 2 ** 20;
const end = sizeOf(graph) - 1;
const missing = sizeOf(graph) - partBytes;
const whole = sizeOf(
  graph,
  "config.json",
  "generation_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
);
let bench: Workbench;
let browser: Browser;
let context: BrowserContext;
let admin: Visitor;
let page: Page;
/** Ranges of the requests for the model's graph. */
const ranges: (string | undefined)[] = [];

/** The built-in model under another name, as an import leaves it: its graph is fetched in two parts. */
function placeModel(dataDir: string): void {
  const folder = join(dataDir, "models", name);
  cpSync(source, folder, { recursive: true });
  const file = join(folder, "tessera.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...manifest, name, parameters: 0 }));
}

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  const dataDir = temporaryFolder();
  placeModel(dataDir);
  bench = await startWorkbench(administrator, dataDir);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(admin.cookies());
  context.on("request", (request: Request) => {
    if (request.url().endsWith(`/api/models/${name}/files/${graph}`)) ranges.push(request.headers().range);
  });
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

const section = () => page.getByRole("region", { name: "In this browser" });
const row = () => section().getByRole("listitem").filter({ hasText: name });

describe.skipIf(!process.env.CHROMIUM)("somebody who wants a model in their browser", () => {
  it("sees what can run here, and that nothing of it was fetched", async () => {
    await page.goto(`${bench.url}/models`);
    await row().getByText("Not here; a run fetches it.").waitFor();
    await section()
      .getByText(/^Nothing is kept yet, this browser allows [\d.]+ GB$/)
      .waitFor();
    expect(ranges).toEqual([]);
  });

  it("is told when the browser has no room, keeps what came, and goes on with room", async () => {
    const session = await context.newCDPSession(page);
    const origin = new URL(bench.url).origin;
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 9_000_000 });
    await row()
      .getByRole("button", { name: `Download ${name} in this browser` })
      .press("Enter");
    await row()
      .getByText(`${name} needs ${byteCount(missing)} more in this browser, and less is free.`)
      .waitFor();
    const bar = row().getByRole("progressbar");
    // What is kept is counted again once the download has ended.
    await expect
      .poll(() => bar.getAttribute("aria-valuetext"))
      .toBe(`${byteCount(whole - missing)} of ${byteCount(whole)}, failed`);
    expect(ranges).toEqual([`bytes=0-${partBytes - 1}`, `bytes=${partBytes}-${end}`]);
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    ranges.length = 0;
    await row()
      .getByRole("button", { name: `Try ${name} again in this browser` })
      .press("Enter");
    await row().getByText("Here and checked.").waitFor();
    expect(ranges).toEqual([`bytes=${partBytes}-${end}`]);
    await section()
      .getByText(`Models take ${byteCount(whole)}, this browser allows `)
      .waitFor();
  });

  it("runs it in a column of the playground, and no file is fetched again", async () => {
    ranges.length = 0;
    await row()
      .getByRole("link", { name: `Open ${name} in the playground` })
      .click();
    await page.waitForURL(/\/playground/);
    const column = page.getByRole("region", { name: new RegExp(`^Column A: ${name}`) });
    await page.getByRole("button", { name: /Sentiment/ }).click();
    await page.getByRole("button", { name: /^Run/ }).first().click();
    await column.getByText(/^\s*positive\.?\s*$/i).waitFor({ timeout: 60_000 });
    expect(await column.innerText()).toMatch(/WASM|WebGPU/);
    expect(ranges).toEqual([]);
  });

  it("deletes it by keyboard, and its room is free", async () => {
    await page.goto(`${bench.url}/models`);
    await row()
      .getByRole("button", { name: `Delete ${name} from this browser` })
      .press("Enter");
    const dialog = page.getByRole("dialog", { name: `Delete ${name} from this browser?` });
    await dialog.getByRole("button", { name: "Delete copy" }).press("Enter");
    await page.getByText(`${name} is deleted from this browser.`).waitFor();
    await row().getByText("Not here; a run fetches it.").waitFor();
  });
});
