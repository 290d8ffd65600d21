import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administrator, inviteMember, send, signInAdministrator, type Visitor } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

const name = "main.default.ticket_summary";
let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let member: Visitor;
let page: Page;

async function openAs(visitor: Visitor, width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await context.addCookies(visitor.cookies());
  return context.newPage();
}
// Keys pressed before a page is alive are nobody's.
const goto = (on: Page, path: string) => on.goto(bench.url + path, { waitUntil: "networkidle" });

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  member = await inviteMember(bench.url, admin, "noor@desk.example");
  await send(admin, "PATCH", "/api/2.1/unity-catalog/permissions/schema/main.default", {
    changes: [{ principal: "all_users", add: ["EXECUTE", "MODIFY"] }],
  });
  page = await openAs(admin);
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

describe.skipIf(!process.env.CHROMIUM)("the library of prompts", () => {
  it("is empty at first and makes a prompt from there, in a schema where one may", async () => {
    await goto(page, "/prompts");
    await page.getByRole("heading", { name: "No prompts yet" }).waitFor();
    await page.getByRole("button", { name: "New prompt" }).last().click();
    const dialog = page.getByRole("dialog", { name: "New prompt" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("ticket_summary");
    expect(await dialog.getByRole("combobox", { name: "Schema" }).inputValue()).toBe("main.default");
    await dialog.getByRole("textbox", { name: "System" }).fill("You help agents of the desk.");
    await dialog.getByRole("textbox", { name: "User" }).fill("Summarise {{ticket}} and promise no refund.");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(`${bench.url}/prompts/${name}`);
  });

  it("finds it by a word of its text, shows the place, and opens it by J and Enter", async () => {
    await goto(page, "/prompts");
    await page.keyboard.press("/");
    await page.keyboard.type("no refund");
    await page.locator("mark", { hasText: "no refund" }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("?q=no+refund");
    await page.getByRole("searchbox").blur();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${bench.url}/prompts/${name}`);
  });

  it("counts a member's request to move production, which is approved after its versions", async () => {
    await send(member, "POST", `/api/prompts/${name}/aliases/production/requests`, {
      version: 1,
      from: null,
      why: "Tried on 40 tickets.",
    });
    await goto(page, "/prompts");
    const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Prompts/ });
    await link.getByText("1 waiting").waitFor();
    await page
      .getByRole("navigation", { name: "Prompts" })
      .getByRole("link", { name: /Requests/ })
      .click();
    await page.getByRole("button", { name: `Decide on production → v1 of ${name}` }).click();
    const dialog = page.getByRole("dialog", { name: "Move production: → v1?" });
    await dialog.getByText("Tried on 40 tickets.").waitFor();
    await dialog.getByText("First version").waitFor();
    await dialog.getByRole("link", { name: "Read v1" }).waitFor();
    await dialog.getByRole("textbox", { name: "Comment" }).fill("Read.");
    await dialog.getByRole("button", { name: "Approve" }).click();
    await page.getByText("production points to v1 now.").waitFor();
    await page.getByRole("table", { name: "Requests to decide" }).getByText("approved").waitFor();
  });

  it("tells its author, once, and shows where production stands", async () => {
    const theirs = await openAs(member);
    await goto(theirs, "/prompts");
    const link = theirs.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Prompts/ });
    await link.getByText("1 waiting").waitFor();
    await theirs.getByRole("link", { name: "production: v1" }).waitFor();
    await goto(theirs, "/prompts/requests");
    const row = theirs.getByRole("table", { name: "Your requests" }).getByRole("row", { name: /production/ });
    await row.getByText("new", { exact: true }).waitFor();
    await row
      .getByText(/Read\./)
      .last()
      .waitFor();
    await goto(theirs, "/prompts/requests");
    await row.getByText("approved").waitFor();
    expect(await row.getByText("new", { exact: true }).count()).toBe(0);
    await theirs.context().close();
  });

  it("is a list on a phone, with targets one can hit and nothing beyond the edge", async () => {
    const phone = await openAs(admin, 390);
    await goto(phone, "/prompts");
    const entry = phone.getByRole("link", { name: /ticket_summary/ }).first();
    expect((await entry.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await phone.context().close();
  });

  it("is reached from the palette, whose assets lead to the prompt itself", async () => {
    await goto(page, "/models");
    const search = async (words: string) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Search or jump to" }).getByRole("combobox").fill(words);
    };
    await search("ticket_sum");
    await page
      .getByRole("option", { name: /ticket_summary/ })
      .first()
      .click();
    await page.waitForURL(`${bench.url}/prompts/${name}`);
    await search(">new prompt");
    await page.getByRole("option", { name: /New prompt/ }).click();
    await page.getByRole("dialog", { name: "New prompt" }).waitFor();
  });
});
