import { execFile, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { columnOf, type PlaygroundBench, startPlaygroundBench } from "./playground-bench";
import { inviteMember, type Visitor } from "./visitor";

const python = process.env.TESSERA_PYTHON ?? "python3";
const hasPythonOpenai = spawnSync(python, ["-c", "import openai"]).status === 0;
let bench: PlaygroundBench;
let member: Visitor;
let tries = 0;
let context: BrowserContext | undefined;

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startPlaygroundBench();
  member = await inviteMember(bench.bench.url, bench.admin, "noor@desk.example");
});
afterAll(() => bench?.close());
afterEach(async () => {
  await context?.close();
  context = undefined;
});

async function open(path: string, as: Visitor = bench.admin): Promise<{ page: Page; complaints: string[] }> {
  const opened = await bench.open(as, path);
  context = opened.context;
  return opened;
}

const prompt = (page: Page) => page.getByRole("textbox", { name: "user", exact: true });
const run = (page: Page) => page.keyboard.press("Control+Enter");
const menu = async (page: Page, item: string | RegExp) => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const twoHosted = "/playground?model=desk/fast&model=desk/other";

describe.skipIf(!process.env.CHROMIUM)("the playground", () => {
  it("runs three engines at once, one of which fails alone, with figures, provenance and cost", async () => {
    const { page, complaints } = await open(
      "/playground?model=browser:pebble-2m&model=server:pebble-2m&model=desk/failing&model=desk/fast",
    );
    await prompt(page).fill("The parcel came a day early, thank you.");
    await run(page);
    await columnOf(page, "C").getByText("The upstream answered 503.").last().waitFor();
    await columnOf(page, "C").getByText("What the upstream answered").click();
    await columnOf(page, "C").getByText('"code": "overloaded"').waitFor();
    await columnOf(page, "D").getByText("Bright and brief.").waitFor();
    for (const letter of ["A", "B"]) {
      await columnOf(page, letter).getByText("stop", { exact: true }).waitFor({ timeout: 60_000 });
    }
    expect(await columnOf(page, "A").innerText()).toMatch(/reported by the client/);
    expect(await columnOf(page, "B").innerText()).toMatch(/measured here/);
    expect(await columnOf(page, "A").innerText()).toMatch(/Cost\s*\$0\s/);
    // 7 tokens in at $3 and 3 out at $15 per million.
    expect(await columnOf(page, "D").innerText()).toMatch(/Cost\s*\$0\.000066/);
    expect(await columnOf(page, "C").getByRole("button", { name: "Try again" }).isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("fills typed variables, and Run says what is missing", async () => {
    const { page } = await open(twoHosted);
    await prompt(page).fill("Rate {{ticket}} in a {{tone}} tone");
    await page.getByRole("heading", { name: "Variables" }).waitFor();
    const button = page.getByRole("button", { name: /^Run/ }).last();
    await button.hover();
    await page.getByText("Needs a value for ticket and a value for tone").first().waitFor();
    await page.getByRole("textbox", { name: "ticket" }).fill("T-1");
    await page.getByRole("button", { name: /^Type of tone/ }).click();
    await page.getByRole("menuitem", { name: "Number" }).click();
    await page.getByRole("textbox", { name: "tone" }).fill("warm");
    await page.getByText("Needs a number for tone").first().waitFor();
    await page.getByRole("textbox", { name: "tone" }).fill("7");
    await run(page);
    await columnOf(page, "A").getByText("Bright and brief.").waitFor();
    expect(bench.upstream.calls.at(-1)?.body.messages).toEqual([
      { role: "user", content: "Rate T-1 in a 7 tone" },
    ]);
  });

  it("branches where a message is edited, and both branches stay", async () => {
    const { page } = await open(twoHosted);
    await prompt(page).fill("One");
    await run(page);
    await columnOf(page, "B").getByText("Bright and long-winded.").waitFor();
    const follow = page.getByRole("textbox", { name: /^Follow up/ });
    await follow.fill("Two");
    await follow.press("Control+Enter");
    await columnOf(page, "B").getByText("Bright and long-winded.").nth(1).waitFor();
    await columnOf(page, "A").getByText("Two").hover();
    await columnOf(page, "A").getByRole("button", { name: "Edit in A and branch" }).last().click();
    const edit = columnOf(page, "A").getByRole("textbox", { name: "Another message in its place" });
    await edit.fill("Zwei");
    await edit.press("Control+Enter");
    await columnOf(page, "B").getByText("2 of 2").waitFor();
    expect(await columnOf(page, "B").getByText("Zwei").isVisible()).toBe(true);
    await columnOf(page, "B").getByRole("button", { name: "Branch before" }).click();
    await columnOf(page, "B").getByText("Two").waitFor();
    expect(await columnOf(page, "B").getByText("Zwei").count()).toBe(0);
  });

  it("repeats an answer, shows how far they lie apart, and what differs between two columns", async () => {
    const { page } = await open(twoHosted);
    await page.getByRole("combobox", { name: "Repeat" }).click();
    await page.getByRole("option", { name: "3 answers" }).click();
    await prompt(page).fill("One");
    await run(page);
    await columnOf(page, "A").getByText("Answer 3 of 3").waitFor();
    await columnOf(page, "A")
      .getByText(/all 3 the same/)
      .waitFor();
    await columnOf(page, "B").getByText("Answer 3 of 3").waitFor();
    await columnOf(page, "B").getByRole("switch", { name: "Diff to A" }).click();
    await columnOf(page, "B").locator("ins").getByText("long-winded").waitFor();
    await columnOf(page, "B").locator("del").getByText("brief").waitFor();
    await columnOf(page, "A").getByText("baseline").waitFor();
  });

  it("answers a grid of pasted rows, by cell and all at once", async () => {
    const { page } = await open(twoHosted);
    await prompt(page).fill("Rate {{ticket}}");
    await page.getByText("Grid", { exact: true }).click();
    await page.getByRole("button", { name: "Paste rows" }).last().click();
    await page.getByRole("textbox", { name: "Rows" }).fill("ticket\nT-1\nT-2");
    await page.getByRole("button", { name: "Add 2 rows" }).click();
    await page.getByRole("button", { name: "Run row 2 in B" }).click();
    await page
      .getByRole("cell", { name: "desk/other, row 2" })
      .getByText("Bright and long-winded.")
      .waitFor();
    expect(bench.upstream.calls.at(-1)?.body.messages).toEqual([{ role: "user", content: "Rate T-2" }]);
    await page.getByRole("button", { name: /^Run all/ }).click();
    for (const row of [1, 2]) {
      await page
        .getByRole("cell", { name: `desk/fast, row ${row}` })
        .getByText("Bright and brief.")
        .waitFor();
    }
  });

  it("takes a blind vote by keyboard alone, and counts it", async () => {
    const { page } = await open(twoHosted);
    await prompt(page).focus();
    await page.keyboard.type("Which is better?");
    const blind = page.getByRole("switch", { name: "Blind" });
    await blind.focus();
    await page.keyboard.press("Space");
    await run(page);
    await page.getByText("Bright and long-winded.").waitFor();
    await page.getByRole("button", { name: "A is best" }).waitFor();
    const hidden = await page.getByRole("main").innerText();
    expect(hidden).not.toMatch(/fast|other/);
    expect(hidden).not.toMatch(/Tokens\/s/);
    const answer = await columnOf(page, "A").innerText();
    await page.keyboard.press("1");
    await page.getByText("Your vote is counted.").waitFor();
    const winner = answer.includes("brief") ? "fast" : "other";
    await columnOf(page, "A")
      .getByRole("button", { name: new RegExp(winner) })
      .waitFor();
    await page.goto(`${bench.bench.url}/playground/leaderboard`);
    await page.getByText(winner).first().waitFor();
    const table = await page.getByRole("main").innerText();
    expect(table.indexOf(winner)).toBeLessThan(table.indexOf(winner === "fast" ? "other" : "fast"));
  });

  it("gives code that runs as it is pasted, and answers with the same words", async () => {
    const made = await bench.admin.fetch("/api/keys", { method: "POST", body: { name: "pasted" } });
    const key = /"key":"([^"]+)"/.exec(await made.text())?.[1] ?? "";
    expect(key).not.toBe("");
    const { page } = await open(twoHosted);
    await prompt(page).fill(`It's "quoted" \`and\` $(odd)\nÜber zwei Zeilen 🙂`);
    await run(page);
    await columnOf(page, "B").getByText("Bright and long-winded.").waitFor();
    await page.getByRole("button", { name: "Code" }).click();
    const dialog = page.getByRole("dialog");
    const environment = { ...process.env, TESSERA_API_KEY: key };
    const languages = [
      { tab: "curl", command: "bash", file: "pasted.sh" },
      { tab: "TypeScript", command: process.execPath, file: "pasted.mjs" },
      ...(hasPythonOpenai ? [{ tab: "Python", command: python, file: "pasted.py" }] : []),
    ];
    for (const { tab, command, file } of languages) {
      await dialog.getByRole("tab", { name: tab }).click();
      await dialog.getByRole("button", { name: "Copy code" }).click();
      const code = await page.evaluate(() => navigator.clipboard.readText());
      const path = join(process.cwd(), "dist", file);
      writeFileSync(path, tab === "TypeScript" ? (await transform(code, { loader: "ts" })).code : code);
      const { stdout } = await promisify(execFile)(command, [path], { env: environment });
      rmSync(path);
      expect(stdout).toContain("Bright and brief.");
      expect(bench.upstream.calls.at(-1)?.body.messages).toEqual([
        { role: "user", content: `It's "quoted" \`and\` $(odd)\nÜber zwei Zeilen 🙂` },
      ]);
    }
  });

  it("exports the conversation, and imports what it exported", async () => {
    const { page } = await open(twoHosted);
    await prompt(page).fill("Worth keeping outside");
    await run(page);
    await columnOf(page, "B").getByText("Bright and long-winded.").waitFor();
    await menu(page, "Export");
    await page.getByRole("dialog").getByText("JSON", { exact: true }).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const file = await (await waiting).path();
    await page.keyboard.press("Escape");
    await menu(page, "Import conversations");
    await page
      .getByRole("dialog")
      .locator("input[type=file]")
      .setInputFiles({
        name: "export.json",
        mimeType: "application/json",
        buffer: readFileSync(file),
      });
    await page
      .getByRole("button", { name: /^Import/ })
      .last()
      .click();
    await expect
      .poll(async () => {
        const answer = await bench.admin.fetch("/api/playground?folder=Imported");
        return ((await answer.json()) as { sessions: { title: string }[] }).sessions.map(
          ({ title }) => title,
        );
      })
      .toContain("Worth keeping outside");
  });

  it("shares a frozen snapshot that a second person sees, until it is revoked", async () => {
    const { page } = await open(twoHosted);
    await prompt(page).fill("What is shared?");
    await run(page);
    await columnOf(page, "B").getByText("Bright and long-winded.").waitFor();
    await menu(page, "Share a snapshot");
    await page.getByRole("button", { name: /^Make a link/ }).click();
    const link = page.getByRole("textbox", { name: "Link" });
    await link.waitFor();
    const address = await link.inputValue();
    await page.keyboard.press("Escape");

    const other = await bench.open(member, new URL(address).pathname);
    await other.page.getByText("What is shared?").first().waitFor();
    await other.page.getByText("Bright and long-winded.").waitFor();
    expect(await other.page.getByRole("button", { name: /^Run/ }).count()).toBe(0);

    await menu(page, "Share a snapshot");
    await page
      .getByRole("button", { name: /^Revoke/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Revoke link" }).last().click();
    await expect
      .poll(async () => (await member.fetch(`/api/playground/snapshots/${address.split("/").at(-1)}`)).status)
      .toBe(404);
    await other.page.reload();
    await other.page.getByText("Nothing is shared here").waitFor();
    expect(await other.page.getByText("What is shared?").count()).toBe(0);
    await other.context.close();
  });

  it("shows after a reload in mid-stream what had arrived, and that it was interrupted", async () => {
    const { page } = await open("/playground?model=desk/slow");
    await prompt(page).fill("Take your time");
    await run(page);
    await columnOf(page, "A")
      .getByText(/word0 word1 word2/)
      .waitFor();
    await page.waitForTimeout(800);
    await page.reload();
    await columnOf(page, "A").getByText("interrupted", { exact: true }).waitFor();
    expect(await columnOf(page, "A").innerText()).toMatch(/word0 word1 word2/);
  });

  it("finds a saved comparison by its words, moves it into a folder, deletes and restores it", async () => {
    const { page } = await open(twoHosted);
    // What an earlier try left behind has another word.
    tries += 1;
    const animal = `zebra${tries}`;
    await prompt(page).fill(`The ${animal} crossing by the harbour`);
    await run(page);
    await columnOf(page, "B").getByText("Bright and long-winded.").waitFor();
    await page.waitForURL(/\/playground\/pg_/);
    await page.getByRole("button", { name: "History" }).click();
    const drawer = page.getByRole("complementary", { name: "History" });
    const search = drawer.getByLabel("Search all words");
    await search.fill("nothing like it");
    const row = drawer.getByRole("listitem").filter({ hasText: animal });
    await expect.poll(() => row.count()).toBe(0);
    await search.fill("harb");
    await row.first().waitFor();
    await row.getByRole("button", { name: /^More for/ }).click();
    await page.getByRole("menuitem", { name: "Move to a folder" }).click();
    // The list behind the dialog has one of that name, too.
    await page.getByRole("dialog").getByRole("combobox", { name: "Folder" }).click();
    await page.getByRole("option", { name: "New folder" }).click();
    await page.getByRole("textbox", { name: "Name of the new folder" }).fill("Harbour");
    await page.keyboard.press("Control+Enter");
    await search.fill("");
    await drawer.getByText("Harbour").first().waitFor();
    await row.getByRole("button", { name: /^More for/ }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await drawer.getByRole("radio", { name: "Deleted" }).check({ force: true });
    await row.getByRole("button", { name: /Restore/ }).click();
    await drawer.getByRole("radio", { name: "Saved" }).check({ force: true });
    await row.first().waitFor();
  });
});
