import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeHub, startHub } from "../models/hub";
import {
  administrator,
  inviteMember,
  letEverybodyExecute,
  signInAdministrator,
  type Visitor,
} from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

const graph = "onnx/model_quantized.onnx";
const name = "pebble-int8";
let hub: FakeHub;
let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let page: Page;

/** A real model's files, so that what was downloaded can be used: its float32 and its int8 graph. */
function pebbleFiles(): Record<string, Buffer> {
  const folder = join(process.cwd(), "public/models/pebble-2m");
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/tessera\.json|_gqa|_q4/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path))]));
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
  hub = await startHub({ files: pebbleFiles(), token: "hf_0123456789abcdefWXYZ" });
  bench = await startWorkbench({ ...administrator, ALLOW_PRIVATE_HOSTS: "127.0.0.1" });
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  await hub?.close();
  if (bench) removeFolder(bench.dataDir);
});

describe.skipIf(!process.env.CHROMIUM)("an administrator", () => {
  it("opens the page without anything being asked of a hub, and sets one up", async () => {
    page = await open(admin, "/models");
    await page.getByRole("heading", { name: "Qwen3 0.6B" }).waitFor();
    await page.getByRole("button", { name: "Hub settings" }).click();
    const drawer = page.getByRole("complementary", { name: "Model hub" });
    await drawer.getByLabel("Address").fill(hub.address);
    await drawer.getByRole("button", { name: "Save" }).click();
    await page.getByText(`Models come from ${new URL(hub.address).host}.`).waitFor();
    expect(hub.calls).toEqual([]);
  });

  it("is told which licence and token a gated model wants, and enters the token", async () => {
    await page.getByRole("button", { name: "Pull a repository" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Repository" }).fill(hub.repository);
    await dialog.getByRole("button", { name: /^Check/ }).click();
    await dialog.getByText(/is given only to accounts that accepted its licence \(401\)/).waitFor();
    await dialog.getByRole("button", { name: "Hub settings" }).click();
    const drawer = page.getByRole("complementary", { name: "Model hub" });
    await drawer.getByLabel("Token", { exact: true }).fill("hf_0123456789abcdefWXYZ");
    await drawer.getByRole("button", { name: "Save" }).click();
    await drawer.waitFor({ state: "detached" });
  });

  it("pulls a repository, sees why the download was cut at 60 %, and resumes it", async () => {
    const size = hub.options.files[graph]?.length ?? 0;
    const cut = Math.floor(size * 0.6);
    hub.faults.set(graph, { cutAt: 0.6 });
    await page.getByRole("button", { name: "Pull a repository" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Repository" }).fill(hub.repository);
    await dialog.getByRole("textbox", { name: "Repository" }).press("Enter");
    await dialog.getByText("It will be called pebble-int8.").waitFor();
    await dialog.getByRole("button", { name: /^Download [\d.]+ MB/ }).click();
    const bar = page.getByRole("progressbar", { name: `Download of ${name}` });
    await bar.waitFor();
    // The hub is asked again for some seconds before it is given up.
    const row = page.getByRole("listitem").filter({ has: bar });
    await row
      .getByText(new RegExp(`ended after ${cut} of ${size} bytes|it broke the connection`))
      .waitFor({ timeout: 60_000 });
    expect(await bar.getAttribute("aria-valuetext")).toEqual(
      expect.stringMatching(/^[\d.]+ MB of [\d.]+ MB, failed$/),
    );
    expect(await (await admin.fetch("/v1/models")).text()).not.toContain(name);

    hub.faults.clear();
    await row.getByRole("button", { name: `Try ${name} again` }).click();
    await page.getByText(`${name} is downloaded and checked.`).waitFor({ timeout: 30_000 });
    const last = hub.calls.at(-1);
    expect([last?.host, last?.range, last?.authorization]).toEqual(["cdn", `bytes=${cut}-`, undefined]);
    await page
      .getByRole("table", { name: "Models on this server" })
      .getByText(name, { exact: true })
      .waitFor();
  });

  it("chats with what was downloaded", async () => {
    const answer = await admin.fetch("/v1/chat/completions", {
      method: "POST",
      body: {
        model: name,
        temperature: 0,
        max_tokens: 8,
        messages: [
          {
            role: "user",
            content:
              "Classify the sentiment of this message as positive or negative: The lamp works well and I like it.",
          },
        ],
      },
    });
    const body = (await answer.json()) as { choices: { message: { content: string } }[] };
    expect(answer.status).toBe(200);
    expect(body.choices[0]?.message.content).toMatch(/\w/);
    const row = page.getByRole("row").filter({ hasText: name });
    await row.getByText(/ready on CPU/).waitFor({ timeout: 15_000 });
  });

  it("deletes it by keyboard, and it is gone from the API", async () => {
    await page.getByRole("button", { name: `Delete ${name}` }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: `Delete ${name}?` }).waitFor();
    // Enter alone destroys nothing: the button has to be reached.
    for (let stop = 0; stop < 3; stop += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText(`${name} is deleted.`).waitFor();
    expect(await (await admin.fetch("/v1/models")).text()).not.toContain(name);
  });

  it("has the whole page on a phone, and nothing beside it", async () => {
    const phone = await open(admin, "/models", 390);
    await phone.getByRole("heading", { name: "Multilingual E5 small" }).waitFor();
    const sizes = await phone.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
    expect(sizes).toEqual([0, 0]);
    await phone.context().close();
  });
});

describe.skipIf(!process.env.CHROMIUM)("a member", () => {
  it("sees what is there and no control to change it", async () => {
    const member = await inviteMember(bench.url, admin, "noor@desk.example");
    await letEverybodyExecute(admin);
    const theirs = await open(member, "/models");
    await theirs.getByRole("heading", { name: "Qwen3 0.6B" }).waitFor();
    await theirs.getByRole("table", { name: "Models on this server" }).waitFor();
    // Their own browser is theirs.
    const controls = theirs.getByRole("button", {
      name: /^(?!.*this browser).*(Download|Check|Pull|Import|Hub|Delete)/,
    });
    expect(await controls.count()).toBe(0);
    expect(
      (await member.fetch("/api/models/downloads", { method: "POST", body: { repository: "a/b" } })).status,
    ).toBe(403);
    await theirs.context().close();
  });
});
