import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administrator, signInAdministrator } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

let bench: Workbench;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies((await signInAdministrator(bench.url)).cookies());
  page = await context.newPage();
  await page.goto(`${bench.url}/playground`);
  await page.getByRole("slider", { name: "Temperature" }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

// jsdom moves neither native inputs by their arrow keys nor the focus as a browser does.
describe.skipIf(!process.env.CHROMIUM)("by keyboard alone", () => {
  it("a slider is blank until it is moved, and blank again after Backspace", async () => {
    const slider = page.getByRole("slider", { name: "Temperature" });
    expect(await slider.getAttribute("aria-valuetext")).toBe("not sent");
    await slider.focus();
    await press("ArrowRight", "ArrowRight");
    expect(Number(await slider.inputValue())).toBeGreaterThan(0);
    expect(await slider.getAttribute("aria-valuetext")).toBeNull();
    await press("Backspace");
    expect(await slider.getAttribute("aria-valuetext")).toBe("not sent");
  });

  it("a segment is chosen with the arrows", async () => {
    const part = (name: string) => page.getByRole("radio", { name, exact: true });
    await part("All").focus();
    await press("ArrowRight");
    expect(await part("A").isChecked()).toBe(true);
    expect(await part("A").evaluate((element) => element === document.activeElement)).toBe(true);
    await press("ArrowLeft");
    expect(await part("All").isChecked()).toBe(true);
  });

  it.each(["Enter", "ArrowDown"])(
    "a menu opens with %s at its first item and gives the focus back",
    async (key) => {
      await page.getByRole("button", { name: /your menu/ }).focus();
      await press(key);
      const first = page.getByRole("menuitem").first();
      await first.waitFor();
      await expect.poll(() => first.evaluate((element) => element === document.activeElement)).toBe(true);
      await press("Escape");
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
      await expect.poll(focused).toMatch(/your menu/);
    },
  );
});
