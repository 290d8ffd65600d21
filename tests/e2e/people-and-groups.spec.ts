import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  administrator,
  inviteMember,
  letEverybodyExecute,
  signInAdministrator,
  type Visitor,
} from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let member: Visitor;
let page: Page;
let key = "";

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  member = await inviteMember(bench.url, admin, "noor@desk.example");
  await letEverybodyExecute(admin);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(admin.cookies());
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

const models = () => fetch(`${bench.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });

async function makeGroup(name: string): Promise<void> {
  await page.goto(`${bench.url}/people/groups`);
  await page.getByRole("button", { name: "New group" }).click();
  const dialog = page.getByRole("dialog", { name: "New group" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: /^Make group/ }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

/** Chooses somebody in the open dialog and puts them in. */
async function putIn(name: string): Promise<void> {
  await page.getByRole("button", { name: "Add members" }).first().click();
  const dialog = page.getByRole("dialog", { name: /^Add members to/ });
  await dialog.getByRole("searchbox").fill(name);
  await dialog.getByRole("checkbox", { name, exact: true }).click();
  await dialog.getByRole("button", { name: /^Add 1/ }).click();
}

const tableOf = (name: string): Locator => page.getByRole("table", { name: `Members of ${name}` });

describe.skipIf(!process.env.CHROMIUM)("an administrator", () => {
  it("makes a group, puts a person in, and puts the group into another", async () => {
    await makeGroup("Support");
    await putIn("Noor");
    await tableOf("Support").getByRole("link", { name: "Noor" }).waitFor();
    await makeGroup("Everyone at the desk");
    await putIn("Support");
    await tableOf("Everyone at the desk").getByRole("link", { name: "Support" }).waitFor();
    await page.getByText("1 effective member", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Show who is in Support" }).click();
    await tableOf("Everyone at the desk").getByRole("link", { name: "Noor" }).waitFor();
  });

  it("cannot close a circle, neither by hand nor past the dialog", async () => {
    await page.getByRole("link", { name: "Support", exact: true }).click();
    await page.getByRole("heading", { name: "Support", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Add members" }).click();
    const dialog = page.getByRole("dialog", { name: "Add members to Support" });
    await dialog.getByText("Support is in it").waitFor();
    expect(await dialog.getByRole("checkbox", { name: "Everyone at the desk" }).isDisabled()).toBe(true);
    const { groups } = (await (await admin.fetch("/api/groups")).json()) as {
      groups: { id: string; name: string }[];
    };
    const id = (name: string) => groups.find((group) => group.name === name)?.id ?? "";
    const answer = await admin.fetch(`/api/groups/${id("Support")}/members`, {
      method: "POST",
      body: { ids: [id("Everyone at the desk")] },
    });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain(
      "Support is in Everyone at the desk: Everyone at the desk cannot be put into Support.",
    );
    await page.keyboard.press("Escape");
  });

  it("sees on a person's page through which group they are in another", async () => {
    await page.goto(`${bench.url}/people`);
    await page.getByRole("table", { name: "People" }).getByRole("link", { name: "Noor" }).click();
    await page.getByRole("heading", { name: "Noor", level: 1 }).waitFor();
    const row = page
      .getByRole("table", { name: "Groups it is in" })
      .getByRole("row", { name: /Everyone at the desk/ });
    await row.getByText("through").waitFor();
    expect(await row.textContent()).toContain("Support");
  });

  it("makes a service principal with a scoped key, which is shown once and works", async () => {
    await page.goto(`${bench.url}/people/service-principals?new`);
    const dialog = page.getByRole("dialog", { name: "New service principal" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("nightly-import");
    await dialog.getByRole("button", { name: /^Make service principal/ }).click();
    await page.getByRole("heading", { name: "nightly-import", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Create key" }).click();
    const making = page.getByRole("dialog", { name: "Create a key of nightly-import" });
    await making.getByRole("textbox", { name: "Name" }).fill("cron");
    await making.getByRole("radio", { name: "Only what I choose" }).check();
    await making.getByRole("button", { name: /^Create key/ }).click();
    await making.getByText("Name a privilege or a securable.").waitFor();
    await making.getByRole("checkbox", { name: "EXECUTE" }).click();
    await making.getByRole("checkbox", { name: "BROWSE" }).click();
    await making.getByRole("button", { name: /^Create key/ }).click();
    const made = page.getByRole("dialog", { name: /is made$/ });
    key = await made.getByLabel("Key", { exact: true }).inputValue();
    expect(key).toMatch(/^tsr_/);
    await made.getByRole("button", { name: /^Done/ }).click();
    await page.getByRole("table", { name: "API keys" }).getByText("BROWSE, EXECUTE").waitFor();
    const answer = await models();
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("pebble-2m");
  });

  it("finds that key among everybody's, by its owner", async () => {
    await page.goto(`${bench.url}/people/keys`);
    await page.getByRole("searchbox", { name: "Find a key or owner" }).fill("nightly");
    const row = page.getByRole("table", { name: "Keys of everybody" }).getByRole("row", { name: /cron/ });
    await row.getByRole("link", { name: "nightly-import" }).click();
    await page.getByRole("heading", { name: "nightly-import", level: 1 }).waitFor();
  });

  it("revokes everything of it after seeing how much that is, and the key answers 401", async () => {
    await page.getByRole("button", { name: "More for nightly-import" }).click();
    await page.getByRole("menuitem", { name: /^Revoke everything/ }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke everything of nightly-import?" });
    const count = dialog.locator("dl > div", { hasText: /^Keys/ });
    expect(await count.textContent()).toBe("Keys1");
    expect((await models()).status).toBe(200);
    await dialog.getByRole("switch", { name: "Deactivate the account as well" }).click();
    await dialog.getByRole("button", { name: "Revoke everything" }).click();
    await page.getByText("nightly-import: 1 key ended, and the account is deactivated.").waitFor();
    expect((await models()).status).toBe(401);
    await page.getByText("No key: nothing can act as it now.").waitFor();
    const off = page.getByRole("button", { name: "Create key" });
    expect(await off.getAttribute("aria-disabled")).toBe("true");
  });

  it("ends every session of a person, who is then signed out", async () => {
    expect((await member.fetch("/api/me")).status).toBe(200);
    await page.goto(`${bench.url}/people/sessions?q=noor`);
    await page.getByRole("button", { name: "Actions on this session of Noor" }).click();
    await page.getByRole("menuitem", { name: /^End all of Noor/ }).click();
    const dialog = page.getByRole("dialog", { name: "End every session of Noor?" });
    await dialog.getByRole("button", { name: "End all sessions" }).click();
    await page.getByText("1 session of Noor ended.").waitFor();
    expect((await member.fetch("/api/me")).status).toBe(401);
    await page.getByText("No session matches").waitFor();
  });

  it("deletes a group after being told who loses what", async () => {
    await page.goto(`${bench.url}/people/groups`);
    await page.getByRole("link", { name: "Support", exact: true }).click();
    await page.getByRole("button", { name: "More for Support" }).click();
    await page.getByRole("menuitem", { name: /^Delete/ }).click();
    const dialog = page.getByRole("dialog", { name: "Delete Support?" });
    await dialog.getByText(/1 member .* lose what they have through it/).waitFor();
    await dialog.getByRole("button", { name: "Delete group" }).click();
    await page.waitForURL(/\/people\/groups$/);
    await page.getByText("1 group", { exact: true }).waitFor();
  });

  it("reads that single sign-on is not set up and what would set it up", async () => {
    await page.goto(`${bench.url}/people/sso`);
    await page.getByText("Single sign-on is not set up").waitFor();
    await page.getByText(/\/api\/auth\/callback\/oidc/).waitFor();
  });
});
