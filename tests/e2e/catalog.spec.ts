import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administrator, inviteMember, signInAdministrator, type Visitor } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let member: Visitor;
let page: Page;
let theirs: Page;

async function openAs(visitor: Visitor): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(visitor.cookies());
  return context.newPage();
}

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  member = await inviteMember(bench.url, admin, "noor@desk.example");
  const made = await admin.fetch("/api/groups", { method: "POST", body: { name: "agents" } });
  const { id } = (await made.json()) as { id: string };
  const me = (await (await member.fetch("/api/me")).json()) as { id: string };
  const joined = await admin.fetch(`/api/groups/${id}/members`, { method: "POST", body: { ids: [me.id] } });
  if (!joined.ok) throw new Error(`joining answered ${joined.status}: ${await joined.text()}`);
  page = await openAs(admin);
  theirs = await openAs(member);
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

const granted = "pebble-2m";
const other = "grain-embed";
const at = (name: string, tab = "") => `${bench.url}/catalog/main/default/${name}${tab && `?tab=${tab}`}`;
const call = () =>
  member.fetch("/v1/chat/completions", {
    method: "POST",
    body: { model: granted, max_tokens: 2, messages: [{ role: "user", content: "Hello" }] },
  });

describe.skipIf(!process.env.CHROMIUM)("rights on one model", () => {
  it("are nobody's at first: the member sees and calls nothing", async () => {
    expect((await call()).status).toBe(404);
    await theirs.goto(at(granted));
    await theirs.getByText("It does not exist, or you may not see it.").waitFor();
  });

  it("are granted to a group through the dialog, which tells beforehand who gains them", async () => {
    await page.goto(at(granted, "permissions"));
    await page
      .getByRole("button", { name: /^Grant/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog", { name: `Grant on ${granted}` });
    await dialog.getByRole("combobox", { name: "To" }).fill("agents");
    await page.getByRole("option", { name: /agents/ }).click();
    await dialog.getByRole("checkbox", { name: /^EXECUTE/ }).click();
    await dialog.getByText("1 person gains EXECUTE").waitFor();
    await dialog.getByText("Writes 1 audit row. Effective on the next request.").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText(`EXECUTE on ${granted} granted to agents.`).waitFor();
    const table = page.getByRole("table", { name: `Grants on ${granted}` });
    await table.getByRole("row", { name: /agents.*EXECUTE/ }).waitFor();
  });

  it("open exactly that model to the member: in the tree, in the playground's list, in a call", async () => {
    await theirs.goto(`${bench.url}/catalog/main/default`);
    const tree = theirs.getByRole("tree", { name: "Catalog" });
    await tree.getByRole("treeitem", { name: `${granted}, model` }).waitFor();
    expect(await tree.getByRole("treeitem", { name: /, model/ }).count()).toBe(1);
    const models = (await (await member.fetch("/v1/models")).json()) as { data: { id: string }[] };
    expect(models.data.map(({ id }) => id)).toEqual([granted]);
    await theirs.goto(`${bench.url}/playground?new`);
    await theirs.getByRole("button", { name: /choose the model of column A/ }).click();
    await theirs
      .getByRole("option", { name: new RegExp(granted) })
      .first()
      .waitFor();
    expect(await theirs.getByRole("option", { name: new RegExp(other) }).count()).toBe(0);
    expect((await call()).status).toBe(200);
  });

  it("tell nothing of another model", async () => {
    await theirs.goto(at(other));
    await theirs.getByText("It does not exist, or you may not see it.").waitFor();
    const link = theirs.getByRole("link", { name: "Request access" });
    expect(await link.getAttribute("href")).toContain(other);
  });

  it("are found by their history", async () => {
    await page.goto(at(granted, "history"));
    await page.getByRole("link", { name: "granted EXECUTE to agents" }).waitFor();
  });

  it("end with the next call once they are revoked, and the administrator sees beforehand who loses them", async () => {
    await page.goto(at(granted, "permissions"));
    await page.getByRole("button", { name: "Revoke EXECUTE from agents" }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke EXECUTE from agents?" });
    const losses = dialog.getByRole("list", { name: "Who loses what" });
    await losses.getByText("Noor").waitFor();
    expect(await losses.getByRole("listitem").count()).toBe(1);
    await dialog.getByRole("button", { name: "Revoke EXECUTE" }).click();
    await page.getByText(`EXECUTE on ${granted} revoked from agents.`).waitFor();
    expect((await call()).status).toBe(404);
    await theirs.goto(at(granted));
    await theirs.getByText("It does not exist, or you may not see it.").waitFor();
  });
});

describe.skipIf(!process.env.CHROMIUM)("a schema", () => {
  it("is made, dropped after its name was typed, and brought back from the toast", async () => {
    await page.goto(`${bench.url}/catalog/main`);
    await page.getByRole("button", { name: "More for main" }).click();
    await page.getByRole("menuitem", { name: "New schema" }).click();
    const making = page.getByRole("dialog", { name: "New schema" });
    await making.getByRole("textbox", { name: "Name" }).fill("support");
    await making.getByRole("button", { name: /^Make schema/ }).click();
    await page.getByRole("heading", { name: "support", level: 1 }).waitFor();
    await page.getByText("Nothing in main.support").waitFor();
    await page.getByRole("button", { name: "More for support" }).click();
    await page.getByRole("menuitem", { name: /^Drop/ }).click();
    const dropping = page.getByRole("dialog", { name: "Drop support?" });
    await dropping.getByText(/It can be brought back until/).waitFor();
    await dropping.getByRole("button", { name: "Drop support" }).click();
    await page.getByRole("heading", { name: "main", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("main.support is back, with its grants.").waitFor();
    await page.getByRole("table", { name: "In main" }).getByRole("link", { name: "support" }).waitFor();
  });

  it("is found by its name from anywhere", async () => {
    await page.goto(`${bench.url}/keys`);
    await page.getByRole("heading", { name: "API keys", level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search or jump to").fill("suppo");
    await page.getByRole("option", { name: /main\.support/ }).click();
    await page.waitForURL(/\/catalog\/main\/support$/);
  });
});
