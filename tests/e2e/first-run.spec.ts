import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

let bench: Workbench;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

const column = (letter: string) => page.getByRole("region", { name: new RegExp(`^Column ${letter}`) });

describe.skipIf(!process.env.CHROMIUM)("a newcomer", () => {
  it("makes the administrator by the printed link, and the link leaves the address at once", async () => {
    await page.goto(bench.setupLink ?? "");
    await page.getByLabel("Name", { exact: true }).fill("Mira Ito");
    await page.getByLabel("E-mail").fill("mira@desk.example");
    await page.getByLabel("Password", { exact: true }).fill("eleven tiles and a mark");
    expect(page.url()).not.toContain("token");
    await page.getByRole("button", { name: /^Continue/ }).click();
    await page.getByRole("heading", { name: "Models" }).waitFor();
  });

  it("sees the built-in models measured in both places and goes on to the playground", async () => {
    const line = (model: string) => page.getByRole("listitem").filter({ hasText: model });
    await line("pebble-2m")
      .getByText(/Measured here: [\d,.]+ tokens\/s in this browser, [\d,.]+ on the server/)
      .waitFor({ timeout: 60_000 });
    await line("grain-embed")
      .getByText(/Measured here: [\d,.]+ texts\/s/)
      .waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: /^Continue/ }).click();
    await page.getByRole("button", { name: /Open the playground/ }).click();
    await page.waitForURL(/\/playground/);
  });

  it("runs the sentiment sample in a browser column and a server column at once, and both answer rightly", async () => {
    await page.getByRole("button", { name: /Sentiment/ }).click();
    await page.getByRole("button", { name: /^Run/ }).first().click();
    for (const letter of ["A", "B"]) {
      await column(letter)
        .getByText(/^\s*positive\.?\s*$/i)
        .waitFor({ timeout: 60_000 });
    }
    expect(await column("A").getByText("WASM").count()).toBeGreaterThan(0);
    expect(await column("B").getByText(/CPU/).count()).toBeGreaterThan(0);
    for (const letter of ["A", "B"]) expect(await column(letter).innerText()).toMatch(/First token\s*\d+/);
  });

  it("asks a follow-up in both columns", async () => {
    const follow = page.getByRole("textbox", { name: /Follow up/ });
    await follow.fill("The box was empty and support hung up on me. I am furious.");
    await follow.press("Control+Enter");
    for (const letter of ["A", "B"]) {
      await column(letter)
        .getByText(/^\s*negative\.?\s*$/i)
        .waitFor({ timeout: 60_000 });
    }
  });

  it("has met no error in the console", () => {
    expect(complaints).toEqual([]);
  });
});
