import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { columnOf, type PlaygroundBench, startPlaygroundBench } from "./playground-bench";

let bench: PlaygroundBench;
let context: BrowserContext | undefined;

beforeAll(async () => {
  if (process.env.CHROMIUM) bench = await startPlaygroundBench();
});
afterAll(() => bench?.close());
afterEach(async () => {
  await context?.close();
  context = undefined;
});

async function open(path: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await bench.open(bench.admin, path);
  context = opened.context;
  return opened;
}

const prompt = (page: Page) => page.getByRole("textbox", { name: /^user/ }).first();
const run = (page: Page) => page.keyboard.press("Control+Enter");
const sent = () => bench.upstream.calls.at(-1)?.body ?? {};

describe.skipIf(!process.env.CHROMIUM)("answers in the playground", () => {
  it("do nothing and load nothing, whatever markup they hold", async () => {
    const { page, complaints } = await open("/playground?model=desk/evil");
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(bench.bench.url) && !/^(data|blob):/.test(request.url()))
        foreign.push(request.url());
    });
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await prompt(page).fill("Be evil");
    await run(page);
    await columnOf(page, "A").getByText("stop", { exact: true }).waitFor();
    await page.waitForTimeout(1_000);
    const hit = await page.evaluate(() => (window as unknown as { hit?: number }).hit);
    expect({ hit, foreign, dialogs, complaints }).toEqual({
      hit: undefined,
      foreign: [],
      dialogs: [],
      complaints: [],
    });
    const shown = await columnOf(page, "A").innerText();
    expect(shown).toContain("onerror");
  });

  it("are held to a schema by the server's engine, and checked in place", async () => {
    const { page } = await open("/playground?model=server:pebble-2m&model=desk/fast");
    await page.getByRole("radio", { name: "Schema" }).check({ force: true });
    await page.getByRole("button", { name: "Insert an example" }).click();
    await page.getByRole("slider", { name: /Max tokens/ }).count();
    await prompt(page).fill("I love the new lamp, thank you!");
    await run(page);
    await columnOf(page, "A").getByText("matches the schema").waitFor({ timeout: 60_000 });
    await columnOf(page, "B").getByRole("button", { name: "not JSON" }).click();
    await page.getByText(/^Line 1, column 1/).waitFor();
    expect(sent().response_format).toMatchObject({ type: "json_schema" });
  });

  it("show how sure the model was of each token, by keyboard too", async () => {
    const { page } = await open("/playground?model=browser:pebble-2m&model=server:pebble-2m");
    await page.getByRole("combobox", { name: "Probabilities of tokens" }).click();
    await page.getByRole("option", { name: "With 3 alternatives" }).click();
    await page.getByRole("button", { name: /Sentiment/ }).click();
    await run(page);
    for (const letter of ["A", "B"]) {
      const column = columnOf(page, letter);
      await column
        .getByRole("button", { name: `Probabilities of the tokens in ${letter}` })
        .click({ timeout: 60_000 });
      await column.getByText(/Perplexity/i).waitFor();
      await column.getByRole("option").first().focus();
      await page.keyboard.press("ArrowRight");
      await column.getByText(/%/).first().waitFor();
    }
  });

  it("go on from words put into the model's mouth, after examples in another order", async () => {
    const { page } = await open("/playground?model=desk/fast");
    await prompt(page).fill("What is 2+2?");
    await page.getByRole("button", { name: "Message", exact: true }).click();
    await page.getByRole("textbox", { name: "assistant, message 2 of 2" }).fill("It is");
    await page.getByRole("button", { name: "Message", exact: true }).click();
    await page.getByRole("textbox", { name: "user, message 3 of 3" }).fill("And 3+3?");
    await page.getByRole("button", { name: "More for assistant, message 2 of 3" }).click();
    await page.getByRole("menuitem", { name: "Move down" }).click();
    await run(page);
    await columnOf(page, "A").getByText("Bright and brief.").waitFor();
    expect(sent().messages).toEqual([
      { role: "user", content: "What is 2+2?" },
      { role: "user", content: "And 3+3?" },
      { role: "assistant", content: "It is" },
    ]);
    expect(await columnOf(page, "A").innerText()).toContain("It is");
  });

  it("take files along: text as words, an image as a part", async () => {
    const { page } = await open("/playground?model=desk/fast&model=server:pebble-2m");
    await prompt(page).fill("What is in them?");
    const dot = await page.screenshot({ clip: { x: 0, y: 0, width: 8, height: 8 } });
    await page
      .getByLabel("Files to attach")
      .first()
      .setInputFiles([
        { name: "log.txt", mimeType: "text/plain", buffer: Buffer.from("02:00 the sensor rang") },
        { name: "dot.png", mimeType: "image/png", buffer: dot },
      ]);
    await page.getByText("dot.png").waitFor();
    await run(page);
    await columnOf(page, "A").getByText("Bright and brief.").waitFor();
    await columnOf(page, "B").getByText("pebble-2m reads text only, not images.").last().waitFor();
    const [message] = sent().messages as {
      content: { type: string; text?: string; image_url?: { url: string } }[];
    }[];
    expect(message?.content[0]?.text).toMatch(
      /^Attached file: log\.txt\n```\n02:00 the sensor rang\n```\n\nWhat is in them\?$/,
    );
    expect(message?.content[1]?.image_url?.url).toMatch(/^data:image\/(png|jpeg);base64,/);
  });

  it("differ by column where a column has its own system prompt and parameters, until these are applied to all", async () => {
    const { page } = await open("/playground?model=desk/fast&model=desk/other");
    await page.getByRole("textbox", { name: "system" }).fill("For all.");
    await prompt(page).fill("Hello");
    await page.getByRole("button", { name: "Parameters of column B" }).click();
    await page.getByRole("switch", { name: "Own system prompt" }).click();
    await page.getByRole("textbox", { name: "System prompt of B" }).fill("For B.");
    await run(page);
    await columnOf(page, "B").getByText("Bright and long-winded.").waitFor();
    const system = (model: string) => {
      const call = bench.upstream.calls.findLast(({ body }) => body.model === model);
      return (call?.body.messages as { content: string }[] | undefined)?.[0]?.content;
    };
    expect([system("fast"), system("other")]).toEqual(["For all.", "For B."]);
    await page.getByRole("button", { name: "Apply to all columns" }).click();
    await page
      .getByText("Begins a branch")
      .or(page.getByRole("textbox", { name: "system" }))
      .first()
      .waitFor();
    expect(await page.getByRole("textbox", { name: "system" }).first().inputValue()).toBe("For B.");
  });

  it("are not lost when another tab saves first: both versions stand side by side", async () => {
    const { page } = await open("/playground?model=desk/fast");
    await prompt(page).fill("Two tabs");
    await run(page);
    await columnOf(page, "A").getByText("Bright and brief.").waitFor();
    await page.waitForURL(/\/playground\/pg_/);
    const version = async () => {
      const answer = await bench.admin.fetch(`/api${new URL(page.url()).pathname}`);
      return ((await answer.json()) as { version: number }).version;
    };
    await page.waitForTimeout(2_000);
    const before = await version();
    const other = await context?.newPage();
    if (!other) return expect.unreachable();
    await other.goto(page.url());
    await other.getByRole("textbox", { name: "system" }).fill("Theirs.");
    await expect.poll(version).toBe(before + 1);
    await page.getByRole("textbox", { name: "system" }).fill("Mine.");
    const dialog = page.getByRole("dialog", { name: /^Not saved/ });
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/Theirs/);
    await dialog.getByRole("button", { name: /^Save mine as new/ }).click();
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => page.url()).not.toBe(other.url());
    expect(await page.getByRole("textbox", { name: "system" }).inputValue()).toBe("Mine.");
  });
});
