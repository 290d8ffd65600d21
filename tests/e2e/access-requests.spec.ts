import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnOf, type PlaygroundBench, startPlaygroundBench } from "./playground-bench";
import { inviteMember, type Visitor } from "./visitor";

const object = "main.default.desk/fast";
let bench: PlaygroundBench;
let noor: Visitor;
let contexts: BrowserContext[] = [];
let member: Page;
let admin: Page;

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startPlaygroundBench();
  // What a connection serves stands in the catalogue from the first look at the registry on.
  await bench.admin.fetch("/api/models/registry");
  noor = await inviteMember(bench.bench.url, bench.admin, "noor@desk.example");
  const opened = await bench.open(noor, "/playground?model=desk/fast");
  const others = await bench.open(bench.admin, "/access");
  contexts = [opened.context, others.context];
  member = opened.page;
  admin = others.page;
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await bench?.close();
});

// Keys pressed before a page is alive are nobody's.
const goto = (page: Page, path: string) => page.goto(bench.bench.url + path, { waitUntil: "networkidle" });

async function ask(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: /^user/ }).first().fill("Say something bright");
  await page.keyboard.press("Control+Enter");
}

describe.skipIf(!process.env.CHROMIUM)("a right that is missing", () => {
  it("is told in the words for a model that is not there, and can be asked for from them", async () => {
    await ask(member);
    const column = columnOf(member, "A");
    const words = column.getByText("The model desk/fast does not exist or you may not use it.");
    await words.first().waitFor();
    await column.getByRole("link", { name: "Request access" }).click();
    const dialog = member.getByRole("dialog", { name: "Request access" });
    expect(await dialog.getByRole("textbox", { name: "Full name" }).inputValue()).toBe(object);
    expect(await dialog.getByRole("checkbox", { name: "EXECUTE" }).isChecked()).toBe(true);
    await dialog.getByText(/see this request if the object exists/).waitFor();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("For the weekly report");
    await dialog.getByRole("button", { name: /^Send request/ }).click();
    const row = member.getByRole("table", { name: "Your requests" }).getByRole("row", { name: /desk\/fast/ });
    await row.getByText("waiting", { exact: true }).waitFor();
  });

  it("waits for an administrator, who sees the effect and grants it with a comment", async () => {
    await goto(admin, "/access/requests");
    const link = admin.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Access/ });
    await link.getByText("1 waiting").waitFor();
    await admin.getByRole("button", { name: `Decide the request of Noor for ${object}` }).click();
    const dialog = admin.getByRole("dialog", { name: "Grant EXECUTE to Noor?" });
    await dialog.getByText("For the weekly report").waitFor();
    await dialog.getByText("1 person gains").waitFor();
    await dialog.getByRole("textbox", { name: "Comment" }).fill("Until May.");
    await dialog.getByRole("button", { name: "Grant", exact: true }).click();
    await admin.getByText("Decided: Noor sees it.").waitFor();
    await admin.getByRole("table", { name: "Requests to decide" }).getByText("granted").waitFor();
  });

  it("is there then: the member reads the decision and uses the model", async () => {
    await goto(member, "/access/requests");
    const row = member.getByRole("table", { name: "Your requests" }).getByRole("row", { name: /desk\/fast/ });
    await row.getByText("granted").waitFor();
    await row.getByText("Until May.").waitFor();
    await goto(member, "/playground?model=desk/fast&new");
    await ask(member);
    await columnOf(member, "A").getByText("Bright and brief.").waitFor();
  });

  it("is explained with who granted it, and offered to nobody a second time", async () => {
    await goto(
      admin,
      `/access/explain?principal=noor@desk.example&privilege=EXECUTE&kind=model&object=${object}`,
    );
    await admin.getByText("Yes. All three conditions are met.").waitFor();
    const list = admin.getByRole("list", { name: "Conditions" });
    await list.getByText(/Granted to Noor by/).waitFor();
    expect(await admin.getByRole("heading", { name: "Smallest fix" }).count()).toBe(0);
  });

  it("stands in the audit log, asked for first and granted then", async () => {
    await goto(admin, `/audit?object=${encodeURIComponent(object)}`);
    const table = admin.getByRole("table", { name: "Audit log" });
    await table.getByText(/grantRequest/).waitFor();
    const text = await table.innerText();
    const order = ["grantRequest", "updatePermissions", "requestAccess"].map((word) => text.indexOf(word));
    expect(order.every((at) => at >= 0)).toBe(true);
    // The latest stands first.
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});
