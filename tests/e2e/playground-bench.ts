import type { Browser, BrowserContext, Page } from "playwright-core";
import { loads, scripts } from "../playground/harmful";
import { json, type Scenario, says, startUpstream, type Upstream } from "../support/upstream";
import { administrator, signInAdministrator, type Visitor } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

/** Words that are no Markdown and of which every one is a token. */
const words = (count: number) => Array.from({ length: count }, (_, i) => `word${i % 97} `);

/** Paragraphs, lists, code and tables of about `tokens` tokens, in pieces of ten. */
function longAnswer(tokens: number): string[] {
  const pieces: string[] = [];
  for (let i = 0; i * 10 < tokens; i++) {
    const at = i % 40;
    if (at === 0) pieces.push(`\n\n## Part ${i}\n\n`);
    else if (at === 12) pieces.push("\n\n- one point\n- another point\n- a third\n\n");
    else if (at === 24) pieces.push("\n\n```js\nconst x = 1;\nconsole.log(x);\n```\n\n");
    else if (at % 6 === 5) pieces.push("so it goes on and on, at length.\n\n");
    else pieces.push("these are ten words of an answer that never ends ");
  }
  return pieces;
}

const byModel: Record<string, Scenario> = {
  fast: says(["Bright ", "and ", "brief."]),
  other: says(["Bright ", "and ", "long-winded."]),
  failing: json(503, { error: { message: "The upstream is full.", code: "overloaded" } }),
  slow: says(words(400), { everyMs: 100 }),
  long: says(longAnswer(100_000)),
  evil: says([...Object.values(scripts), ...Object.values(loads)].map((vector) => `${vector}\n\n`)),
};

export interface PlaygroundBench {
  bench: Workbench;
  upstream: Upstream;
  admin: Visitor;
  browser: Browser;
  /** A page of that person, whose console must stay silent. */
  open(as: Visitor, path: string): Promise<{ page: Page; context: BrowserContext; complaints: string[] }>;
  close(): Promise<void>;
}

/** A workbench with a connection `desk` to an upstream whose models behave as they are called. */
export async function startPlaygroundBench(): Promise<PlaygroundBench> {
  const upstream = await startUpstream();
  upstream.use((call, response, request) => byModel[String(call.body.model)]?.(call, response, request));
  const bench = await startWorkbench({
    ...administrator,
    ALLOW_PRIVATE_HOSTS: `127.0.0.1:${upstream.port}`,
  });
  const admin = await signInAdministrator(bench.url);
  const made = await admin.fetch("/api/connections", {
    method: "POST",
    body: {
      name: "desk",
      baseUrl: upstream.baseUrl,
      apiKey: "upstream-key",
      models: Object.keys(byModel),
      prices: { fast: { input: 3, output: 15 } },
    },
  });
  if (!made.ok) throw new Error(`the connection answered ${made.status}: ${await made.text()}`);
  const browser = await launchBrowser();
  return {
    bench,
    upstream,
    admin,
    browser,
    async open(as, path) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: bench.url });
      await context.addCookies(as.cookies());
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        // What an answer of 503 leaves in the console is the browser's word on the network, not ours.
        if (message.type() === "error" && !/status of (503|404)/.test(message.text()))
          complaints.push(message.text());
      });
      await page.goto(bench.url + path);
      return { page, context, complaints };
    },
    async close() {
      await browser.close();
      await bench.stop();
      await upstream.close();
      removeFolder(bench.dataDir);
    },
  };
}

export const columnOf = (page: Page, letter: string) =>
  page.getByRole("region", { name: new RegExp(`^Column ${letter}`) });
