import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ZipFile, zipOf } from "../models/zips";
import {
  administrator,
  inviteMember,
  letEverybodyExecute,
  signInAdministrator,
  type Visitor,
} from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, temporaryFolder, type Workbench } from "./workbench";

let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let member: Visitor;
let page: Page;
let folder: string;

/** The int8 graph of the built-in model, as somebody would pack it. */
function pebbleArchive(more: ZipFile[] = []): Buffer {
  const root = join(process.cwd(), "public/models/pebble-2m");
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/tessera\.json|model\.onnx$|_gqa|_q4/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: `pebble/${path.slice(root.length + 1).replaceAll("\\", "/")}`,
      data: readFileSync(path),
    }));
  return zipOf([...files, ...more]);
}

function archiveFile(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function open(as: Visitor, path: string, width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await context.addCookies(as.cookies());
  const opened = await context.newPage();
  await opened.goto(bench.url + path);
  return opened;
}

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  folder = temporaryFolder();
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  member = await inviteMember(bench.url, admin, "noor@desk.example");
  await letEverybodyExecute(admin);
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
  if (folder) removeFolder(folder);
});

describe.skipIf(!process.env.CHROMIUM)("an administrator", () => {
  it("finds the built-in model registered, with its card, licence and figures", async () => {
    page = await open(admin, "/registry");
    await page.getByRole("searchbox", { name: "Find a model" }).fill("pebble");
    await page.getByRole("link", { name: "pebble-2m", exact: true }).click();
    await page.getByRole("heading", { name: "pebble-2m", level: 1 }).waitFor();
    await page.getByText("A support-desk model of").waitFor();
    await page.getByText("Apache-2.0", { exact: true }).first().waitFor();
    await page.getByRole("tab", { name: /Metrics/ }).click();
    const metrics = page.getByRole("table", { name: "Metrics of v1" });
    await metrics.getByRole("cell", { name: "float32.sentiment" }).waitFor();
    expect(new URL(page.url()).searchParams.get("tab")).toBe("metrics");
  });

  it("gives a name of their own to it", async () => {
    await page.goto(`${bench.url}/registry?new`);
    const dialog = page.getByRole("dialog", { name: "Register a model" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("ticket-triage");
    await dialog.getByRole("combobox").click();
    await page.getByRole("option", { name: /^pebble-2m/ }).click();
    await dialog.getByRole("button", { name: /^Register/ }).click();
    await page.getByRole("heading", { name: "ticket-triage", level: 1 }).waitFor();
  });

  it("is told why an archive made to do harm is refused, and the server goes on", async () => {
    const harmful = [
      [
        "slip.zip",
        pebbleArchive([{ path: "../../escape.json", data: Buffer.from("{}") }]),
        /outside its folder/,
      ],
      [
        "link.zip",
        pebbleArchive([{ path: "pebble/x", data: Buffer.from("/etc"), mode: 0o120777 }]),
        /is a link or a device/,
      ],
      ["bomb.zip", pebbleArchive([{ path: "zeros", data: Buffer.alloc(80_000_000) }]), /would grow from/],
      ["cut.zip", pebbleArchive().subarray(0, 500_000), /was cut/],
    ] as const;
    await page.goto(`${bench.url}/registry?import`);
    const dialog = page.getByRole("dialog", { name: "Import an archive" });
    for (const [name, bytes, words] of harmful) {
      await dialog.getByLabel("Archive").setInputFiles(archiveFile(name, bytes));
      await dialog.getByRole("button", { name: /^Import/ }).click();
      await dialog.getByRole("alert").getByText(words).waitFor();
    }
    expect((await admin.fetch("/api/health")).status).toBe(200);
    expect(readdirSync(join(bench.dataDir, "models", ".partial"))).toEqual([]);
  });

  it("imports an archive as the next version, and it answers", async () => {
    await page.goto(`${bench.url}/registry/ticket-triage`);
    await page.getByRole("button", { name: "More for ticket-triage" }).click();
    await page.getByRole("menuitem", { name: "Import a version" }).click();
    const dialog = page.getByRole("dialog", { name: "Import a version" });
    await dialog.getByLabel("Archive").setInputFiles(archiveFile("Triage.zip", pebbleArchive()));
    await dialog.getByRole("textbox", { name: "Licence" }).fill("Desk terms");
    await dialog.getByRole("button", { name: /^Import/ }).click();
    await page.getByText("ticket-triage v2 is imported and checked.").waitFor();
    const answer = await admin.fetch("/v1/chat/completions", {
      method: "POST",
      body: {
        model: "triage-int8",
        max_tokens: 4,
        messages: [{ role: "user", content: "I like the lamp." }],
      },
    });
    expect(answer.status).toBe(200);
    const found = await admin.fetch("/api/models/registry?q=triage");
    const { models } = (await found.json()) as { models: { name: string }[] };
    expect(models.map(({ name }) => name)).toEqual(["ticket-triage"]);
  });

  it("accepts the licence of a version before an alias may mean it", async () => {
    await page.getByRole("button", { name: "Set an alias" }).click();
    const dialog = page.getByRole("dialog", { name: "Set an alias" });
    await dialog.getByLabel("Alias").fill("champion");
    await dialog
      .getByText(/licence of v2 \(Desk terms\) is not accepted yet/)
      .first()
      .waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("tab", { name: "Overview" }).click();
    await page.getByRole("button", { name: "Accept licence" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Accept licence" }).click();
    await page.getByText(/^accepted by /).waitFor();
  });

  it("compares the versions, moves an alias and takes the move back", async () => {
    await page.getByRole("tab", { name: "Compare" }).click();
    await page.getByRole("table", { name: "Files of v1 and v2" }).getByText("removed").first().waitFor();
    for (const version of ["v1", "v2"]) {
      await page.getByRole("button", { name: "Set an alias" }).click();
      const dialog = page.getByRole("dialog", { name: "Set an alias" });
      await dialog.getByLabel("Alias").fill("champion");
      await dialog.getByRole("combobox", { name: "Version" }).click();
      await page.getByRole("option", { name: new RegExp(`^${version}`) }).click();
      await dialog.getByRole("button", { name: /^(Set|Move) alias/ }).click();
      await page.getByText(`champion now points to ${version}`).waitFor();
    }
    const resolved = async () => {
      const answer = await member.fetch("/api/models/registry/resolve?name=ticket-triage&alias=champion");
      return ((await answer.json()) as { version: { number: number } }).version.number;
    };
    expect(await resolved()).toBe(2);
    await page.getByRole("tab", { name: /Aliases/ }).click();
    await page.getByRole("button", { name: "Back to v1" }).click();
    await page.getByRole("button", { name: "Back to v2" }).waitFor();
    expect(await resolved()).toBe(1);
    const other = await member.fetch("/api/models/registry/resolve?name=ticket-triage&alias=challenger");
    expect(other.status).toBe(404);
  });
});

describe.skipIf(!process.env.CHROMIUM)("an alias in calls", () => {
  const ask = (model: string) =>
    member.fetch("/v1/chat/completions", {
      method: "POST",
      body: { model, max_tokens: 4, messages: [{ role: "user", content: "I like the lamp." }] },
    });

  it("is answered by the version it points to, in the API and in the playground, and is counted", async () => {
    const answer = await ask("ticket-triage@champion");
    expect(answer.headers.get("x-tessera-model-version")).toBe("ticket-triage@1");
    expect(((await answer.json()) as { model: string }).model).toBe("pebble-2m");
    expect((await ask("ticket-triage@challenger")).status).toBe(404);

    const theirs = await open(member, "/playground?model=server:pebble-2m&ask=I%20like%20the%20lamp.");
    await theirs.getByRole("button", { name: /choose the model of column A/ }).click();
    await theirs.getByRole("combobox", { name: "Model of column A" }).fill("ticket-triage@");
    await theirs.getByRole("link", { name: "Model card" }).waitFor();
    await theirs.getByRole("option", { name: /ticket-triage@champion/ }).click();
    const called = theirs.waitForRequest((request) => request.url().endsWith("/v1/chat/completions"));
    await theirs.getByRole("button", { name: /^Run/ }).click();
    expect((await called).postDataJSON()).toMatchObject({ model: "ticket-triage@champion" });
    expect((await (await called).response())?.headers()["x-tessera-model-version"]).toBe("ticket-triage@1");
    await theirs.context().close();

    await page.goto(`${bench.url}/registry/ticket-triage?tab=usage`);
    const table = page.getByRole("table", { name: /by alias and number/ });
    await expect
      .poll(
        async () => {
          await page.reload();
          await table.or(page.getByText("Nobody called")).first().waitFor();
          return table.getByRole("row", { name: /ticket-triage@champion/ }).textContent();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toMatch(/champion.*v1.*pebble-2m.*2/);
  });
});

describe.skipIf(!process.env.CHROMIUM)("a member", () => {
  it("asks for an approval, which waits for an administrator", async () => {
    const theirs = await open(member, "/registry/ticket-triage?tab=approval&v=2");
    await theirs.getByRole("button", { name: "Ask for approval" }).click();
    const dialog = theirs.getByRole("dialog", { name: "Ask to approve v2" });
    await dialog.getByLabel("Comment").fill("Tried on 40 tickets.");
    await dialog.getByRole("button", { name: /^Ask for approval/ }).click();
    await theirs.getByText("v2 waits for a decision.").waitFor();
    expect(await theirs.getByRole("button", { name: /Set an alias|More for|Decide/ }).count()).toBe(0);
    await theirs.context().close();

    await page.goto(`${bench.url}/registry/ticket-triage?tab=approval&v=2`);
    await page.getByRole("button", { name: "Decide" }).click();
    await page
      .getByRole("dialog", { name: "Decide on v2" })
      .getByRole("button", { name: /^Approve/ })
      .click();
    await page.getByText("v2 is approved.").waitFor();
  });

  it("has every view of a model on a phone, and nothing beside it", async () => {
    const phone = await open(member, "/registry/ticket-triage", 390);
    for (const tab of [
      "Overview",
      "Versions",
      "Compare",
      "Files",
      "Metrics",
      "Usage",
      "Aliases",
      "Approval",
    ]) {
      await phone.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
      const sizes = await phone.evaluate(() => {
        const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
        return [scrollWidth - clientWidth, scrollHeight - clientHeight];
      });
      expect([tab, ...sizes]).toEqual([tab, 0, 0]);
    }
    await phone.context().close();
  });
});

describe.skipIf(!process.env.CHROMIUM)("what is measured and what is not needed any more", () => {
  it("is recorded from the page", async () => {
    await page.goto(`${bench.url}/registry/ticket-triage?tab=metrics&v=2`);
    await page.getByRole("button", { name: "Record a figure" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Record a figure of v2" });
    await dialog.getByLabel("Name").fill("sentiment");
    await dialog.getByLabel("Value").fill("0.81");
    await dialog.getByLabel("Source").fill("Evaluation on 40 tickets");
    await dialog.getByRole("button", { name: /^Record figure/ }).click();
    await page.getByText("sentiment is recorded for v2.").waitFor();
    await page
      .getByRole("table", { name: "Metrics of v2" })
      .getByRole("cell", { name: /^Evaluation on 40 tickets, / })
      .waitFor();
  });

  it("is deleted once no alias points to it, with its files, and its number stays taken", async () => {
    await page.goto(`${bench.url}/registry/ticket-triage?tab=versions`);
    const remove = async (version: string) => {
      await page.getByRole("button", { name: `More for ${version}` }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      return page.getByRole("dialog", { name: `Delete ${version}?` });
    };
    const pointed = await remove("v1");
    await pointed.getByText(/champion \(v1\) points to it/).waitFor();
    await page.keyboard.press("Escape");
    const dialog = await remove("v2");
    await dialog.getByRole("switch", { name: /Delete its files too/ }).click();
    await dialog.getByRole("button", { name: "Delete version" }).click();
    await page.getByText("v2 is deleted.").waitFor();
    expect(readdirSync(join(bench.dataDir, "models"))).not.toContain("triage-int8");
    const gone = await admin.fetch("/api/models/registry/resolve?name=ticket-triage&version=2");
    expect(gone.status).toBe(404);
  });
});
