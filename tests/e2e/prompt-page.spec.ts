import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administrator, inviteMember, send, signInAdministrator, type Visitor } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

const name = "main.default.ticket_reply";
let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let member: Visitor;
let page: Page;

const content = (system: string) => ({
  type: "chat",
  messages: [
    { role: "system", text: system },
    { role: "user", text: "Answer <ticket>{{ticket}}</ticket>" },
  ],
  variables: [{ name: "ticket" }],
  model: "pebble-2m",
  parameters: { temperature: 0.7 },
});
// Keys pressed before a page is alive are nobody's.
const open = (search = "") =>
  page.goto(`${bench.url}/prompts/${name}${search}`, { waitUntil: "networkidle" });
const system = () => page.getByRole("textbox", { name: "Text of message 1, system" });
const save = async (words: string) => {
  await page.getByRole("button", { name: "Save as version" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "What this version changes" }).fill(words);
  await dialog.getByRole("button", { name: "Save version" }).click();
};

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  member = await inviteMember(bench.url, admin, "noor@desk.example");
  await send(admin, "PATCH", "/api/2.1/unity-catalog/permissions/schema/main.default", {
    changes: [{ principal: "all_users", add: ["EXECUTE", "MODIFY"] }],
  });
  await send(admin, "POST", "/api/prompts", {
    schema: "main.default",
    name: "ticket_reply",
    content: content("You help support agents.\nAnswer in short sentences."),
  });
  await send(admin, "PUT", `/api/prompts/${name}/aliases/production`, { version: 1, from: null });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(admin.cookies());
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

describe.skipIf(!process.env.CHROMIUM)("the page of a prompt", () => {
  it("keeps a draft while one types, also over a reload, and makes it a version", async () => {
    await open("?tab=edit");
    await system().fill("You help support agents.\nAnswer in plain sentences.\nNever promise a date.");
    await page.getByText(/^saved /).waitFor();
    await page.reload({ waitUntil: "networkidle" });
    expect(await system().inputValue()).toContain("Never promise a date.");
    await page.getByText(/^\d+ tokens/).waitFor();
    await save("Forbid promising dates");
    await page.getByText("v2 is saved.").waitFor();
    await page.getByRole("button", { name: /^v2/ }).waitFor();
    await page.getByText("+5 words").waitFor();
    expect(new URL(page.url()).searchParams.get("version")).toBe("2");
  });

  it("moves production with a reason, and puts it back from the history", async () => {
    await page.getByRole("button", { name: "Move alias" }).click();
    await page.getByRole("menuitem", { name: /^Move production/ }).click();
    const dialog = page.getByRole("dialog", { name: "Move production: v1 → v2" });
    await dialog.getByLabel("Reason, kept in the history").fill("Dates were promised");
    await dialog.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("Dates were promised").waitFor();
    const at = async () =>
      (await send<{ version: number }>(admin, "GET", `/api/prompts/${name}?alias=production`)).version;
    expect(await at()).toBe(2);
    await page.getByRole("button", { name: "Undo the move of production" }).first().click();
    await page.getByText(/taken back by/).waitFor();
    expect(await at()).toBe(1);
  });

  it("shows what somebody who saved first says differently, and saves what was chosen", async () => {
    await open("?tab=edit");
    await system().fill("You help support agents.\nAnswer in plain sentences.\nPromise nothing.");
    await page.getByText(/^saved /).waitFor();
    await send(member, "POST", `/api/prompts/${name}/versions`, {
      content: content("You help support agents.\nAnswer in plain sentences.\nNever promise a refund."),
      message: "Refunds",
      base: 2,
    });
    await save("Promise nothing");
    const dialog = page.getByRole("dialog", { name: "Not saved. Noor saved v3 first" });
    await dialog.getByRole("radio", { name: /your draft/ }).check();
    await dialog.getByRole("button", { name: "Save version" }).click();
    await page.getByText("v4 is saved.").waitFor();
    const { content: kept } = await send<{ content: { messages: { text: string }[] } }>(
      admin,
      "GET",
      `/api/prompts/${name}/versions/4`,
    );
    expect(kept.messages[0]?.text).toBe(
      "You help support agents.\nAnswer in plain sentences.\nPromise nothing.",
    );
  });

  it("compares with the keys [ and ], and leads a call back into the playground with another version", async () => {
    await send(admin, "POST", "/v1/chat/completions", {
      max_tokens: 5,
      prompt: { name, version: 1, variables: { ticket: "It hums." } },
    });
    // Calls are written in groups, a moment after they were answered.
    await expect
      .poll(() => send<{ invocations: unknown[] }>(admin, "GET", `/api/prompts/${name}/usage`))
      .toMatchObject({ invocations: [{ version: 1 }] });
    await open("?version=4");
    await page.getByRole("button", { name: /^v4/ }).waitFor();
    await page.keyboard.press("[");
    await page.waitForURL(/version=3/);
    await page.keyboard.press("]");
    await page.waitForURL(/version=4/);
    await page.getByRole("tab", { name: "Usage" }).click();
    await page.getByText("ticket: It hums.").first().waitFor();
    await page.getByRole("button", { name: "Open the call of v1 in playground" }).first().click();
    await page.getByRole("menuitem", { name: /^With v4/ }).click();
    await page.waitForURL(/\/playground/);
  });
});
