import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administrator, inviteMember, signInAdministrator, type Visitor } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

const base = "/api/2.1/unity-catalog";
const place = { catalog_name: "main", schema_name: "default" };
let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let member: Visitor;
let page: Page;

async function ask(path: string, body: unknown, method = "POST"): Promise<Response> {
  const answer = await admin.fetch(path, { method, body });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** A table and a function for masks; the member may read the table. */
async function furnish(): Promise<void> {
  const columns = ["id", "email"].map((name, position) => ({ name, position, type_name: "STRING" }));
  await ask(`${base}/tables`, { ...place, name: "customers", table_type: "MANAGED", columns });
  await ask(`${base}/functions`, {
    function_info: {
      ...place,
      name: "redact",
      input_params: {
        parameters: [
          { name: "value", position: 0, type_name: "STRING" },
          { name: "with", position: 1, type_name: "STRING" },
        ],
      },
      data_type: "STRING",
      full_data_type: "STRING",
      routine_body: "SQL",
      routine_definition: "with",
      parameter_style: "S",
      is_deterministic: true,
      sql_data_access: "CONTAINS_SQL",
      is_null_call: false,
      security_type: "DEFINER",
      specific_name: "redact",
    },
  });
  const changes = [{ principal: "noor@desk.example", add: ["SELECT"] }];
  await ask(`${base}/permissions/table/main.default.customers`, { changes }, "PATCH");
}

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  member = await inviteMember(bench.url, admin, "noor@desk.example");
  await furnish();
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

async function open(as: Visitor, path: string, width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await context.addCookies(as.cookies());
  const opened = await context.newPage();
  await opened.goto(bench.url + path);
  return opened;
}

const table = "/catalog/main/default/customers?tab=policies";

describe.skipIf(!process.env.CHROMIUM)("a column mask", () => {
  it("finds its columns by tags, which are set where the table shows them", async () => {
    page = await open(admin, "/catalog/main/default/customers");
    await page.getByRole("button", { name: "Edit the tags of email" }).click();
    const dialog = page.getByRole("dialog", { name: "Tags of email" });
    await dialog.getByLabel("Tags").fill("pii: email");
    await dialog.getByRole("button", { name: /^Save tags/ }).click();
    const row = page
      .getByRole("table", { name: "Columns of customers" })
      .getByRole("row", { name: /^email/ });
    await row.getByText("pii: email").waitFor();
  });

  it("is set on a schema by tags, after what is wrong with it was said", async () => {
    await page.goto(`${bench.url}/catalog/main/default?tab=policies`);
    await page.getByRole("heading", { name: "No policy holds on default" }).waitFor();
    await page.getByRole("button", { name: "New policy" }).click();
    const dialog = page.getByRole("dialog", { name: "New policy on default" });
    await dialog.getByLabel("Name").fill("hide_pii");
    await dialog.getByRole("combobox", { name: "Function" }).click();
    await dialog.getByRole("combobox", { name: "Function" }).fill("red");
    await page.getByRole("option", { name: /main\.default\.redact/ }).click();
    await dialog.getByRole("combobox", { name: "For" }).fill("all_users");
    await page.getByRole("option", { name: /all_users/ }).click();
    await dialog.getByRole("combobox", { name: "Except" }).fill("Mira");
    await page.getByRole("option", { name: /Mira/i }).first().click();
    await dialog.getByLabel("Columns by their tags").fill("secret: hasTag(pii)");
    await dialog.getByLabel("Masked column").fill("secret");
    await dialog.getByRole("button", { name: /^Set policy/ }).click();
    await dialog.getByText(/text in single quotes is missing at character 8/).waitFor();
    await dialog.getByLabel("Columns by their tags").fill("secret: hasTag('pii')");
    await dialog.getByRole("button", { name: /^Set policy/ }).click();
    await dialog.getByText(/redact takes 2 arguments, and the policy gives 1/).waitFor();
    await dialog.getByLabel("Further arguments").fill("'***'");
    await dialog.getByRole("button", { name: /^Set policy/ }).click();
    const row = page
      .getByRole("table", { name: "Policies on default" })
      .getByRole("row", { name: /hide_pii/ });
    await row.getByText("column mask").waitFor();
    await row.getByText("to columns with hasTag('pii')").waitFor();
  });

  it("is inherited by the table, where it is told what each of them reads", async () => {
    await page.goto(bench.url + table);
    const row = page
      .getByRole("table", { name: "Policies on customers" })
      .getByRole("row", { name: /hide_pii/ });
    await row.getByRole("link", { name: /main\.default$/ }).waitFor();
    await page.getByText("You read all of it, as it is.").waitFor();
    await page.getByRole("combobox", { name: "By" }).fill("Noor");
    await page.getByRole("option", { name: /Noor/ }).click();
    await page.getByText("main.default.redact(email, '***')").waitFor();
    await page.getByText(/by hide_pii/).waitFor();
  });

  it("is known to its reader by what it does alone", async () => {
    const theirs = await open(member, table);
    await theirs.getByText("a function(email, '***')").waitFor();
    const text = await theirs.locator("#work").innerText();
    expect(text).not.toMatch(/hide_pii|redact/);
    expect(await theirs.getByRole("button", { name: "New policy" }).count()).toBe(0);
    await theirs.context().close();
  });

  it("is deleted after it was said what lies open then, and stands in the audit log", async () => {
    await page.goto(`${bench.url}/catalog/main/default?tab=policies`);
    await page.getByRole("button", { name: "More for hide_pii" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete the policy hide_pii?" });
    await dialog
      .getByText(/all_users then read the values of columns with hasTag\('pii'\) as they are/)
      .waitFor();
    await dialog.getByRole("button", { name: "Delete policy" }).click();
    await page.getByText("The policy hide_pii is deleted.").waitFor();
    await page.goto(`${bench.url}/audit?q=Policy`);
    await page
      .getByRole("table", { name: "Audit log" })
      .getByText(/deletePolicy/)
      .waitFor();
  });
});
