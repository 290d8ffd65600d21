import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administrator, inviteMember, signInAdministrator, type Visitor } from "./visitor";
import { launchBrowser, removeFolder, startWorkbench, type Workbench } from "./workbench";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const budget = 270 * 1024;
const pages = [
  "/playground",
  "/prompts",
  "/prompts/requests",
  "/models",
  "/registry",
  "/catalog",
  "/catalog/main/default?tab=policies",
  "/access/explain",
  "/access/rights",
  "/access/requests",
  "/audit",
  "/connections",
  "/keys",
  "/people",
  "/people/groups",
  "/people/service-principals",
  "/people/keys",
  "/people/sessions",
  "/people/sso",
  "/account",
];
const open = ["/sign-in", "/setup", "/invite"];

let bench: Workbench;
let browser: Browser;
let admin: Visitor;
let member: Visitor;

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startWorkbench(administrator);
  browser = await launchBrowser();
  admin = await signInAdministrator(bench.url);
  member = await inviteMember(bench.url, admin, "noor@desk.example");
});
afterAll(async () => {
  await browser?.close();
  await bench?.stop();
  if (bench) removeFolder(bench.dataDir);
});

interface Visit {
  width?: number;
  as?: Visitor;
}

async function visit({ width = 1440, as }: Visit): Promise<BrowserContext> {
  // The policy forbids foreign scripts, so axe is evaluated past it; the policy itself is tested on its own.
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    bypassCSP: true,
  });
  if (as) await context.addCookies(as.cookies());
  return context;
}

/** In both schemes, one after the other on the same page. */
async function violations(context: BrowserContext, path: string): Promise<string[]> {
  const page = await context.newPage();
  await page.goto(bench.url + path, { waitUntil: "networkidle" });
  // On a busy machine the network may rest before the page has asked for what it shows.
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await expect.poll(() => page.getByRole("status", { name: "Loading" }).count()).toBe(0);
  await page.evaluate(axeSource);
  const lines: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(async () => {
      // Colours on their way from one scheme to the other are none of either.
      const ending = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.allSettled(ending.map(({ finished }) => finished));
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> };
      };
      return (await axe.run()).violations.map(
        (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`,
      );
    });
    lines.push(...found.map((line) => `${path} ${colorScheme} ${line}`));
  }
  await page.close();
  return lines;
}

describe.skipIf(!process.env.CHROMIUM)("every page", () => {
  it("has no accessibility violation at 1440 and at 390 px, light or dark", {
    timeout: 600_000,
  }, async () => {
    const found = await Promise.all(
      [1440, 390].map(async (width) => {
        const signedIn = await visit({ width, as: admin });
        const stranger = await visit({ width });
        const lines: string[] = [];
        for (const path of pages) lines.push(...(await violations(signedIn, path)));
        for (const path of open) lines.push(...(await violations(stranger, path)));
        await signedIn.close();
        await stranger.close();
        return lines.map((line) => `${width} px ${line}`);
      }),
    );
    expect(found.flat()).toEqual([]);
  });

  it("ships at most 270 KiB of compressed JavaScript, breaks nothing of its own policy and logs no error", {
    timeout: 300_000,
  }, async () => {
    const sizes: Record<string, number> = {};
    const complaints: string[] = [];
    for (const [path, as] of [
      ...pages.map((p) => [p, admin] as const),
      ...open.map((p) => [p, undefined] as const),
    ]) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      if (as) await context.addCookies(as.cookies());
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(`${path} ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(`${path} ${message.text()}`);
      });
      const bodies = new Map<string, Promise<number>>();
      page.on("response", (response: Response) => {
        if (!response.url().includes("/_next/static/") || !response.url().includes(".js")) return;
        bodies.set(
          response.url(),
          response.body().then((body) => gzipSync(body, { level: 6 }).length),
        );
      });
      await page.goto(bench.url + path, { waitUntil: "networkidle" });
      // What is asked for after the load event is not part of the first load.
      const first = await page.evaluate(() => {
        const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
        return performance
          .getEntriesByType("resource")
          .filter(({ startTime }) => startTime < (visit?.loadEventStart ?? 0))
          .map(({ name }) => name);
      });
      const weights = await Promise.all([...bodies].map(async ([url, size]) => ({ url, size: await size })));
      sizes[path] = weights.reduce((sum, { url, size }) => (first.includes(url) ? sum + size : sum), 0);
      await context.close();
    }
    expect(Object.values(sizes).every((size) => size > 50 * 1024)).toBe(true);
    expect(Object.entries(sizes).filter(([, size]) => size > budget)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("sends a stranger to the sign-in and back to where they were going", async () => {
    const context = await visit({});
    const page = await context.newPage();
    await page.goto(`${bench.url}/keys`);
    expect(page.url()).toContain("/sign-in");
    await page.getByLabel("E-mail").fill(administrator.ADMIN_EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(administrator.ADMIN_PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/keys/);
    await context.close();
  });
});

describe.skipIf(!process.env.CHROMIUM)("a member", () => {
  it("sees no pages and no data of administrators", async () => {
    const context = await visit({ as: member });
    const page = await context.newPage();
    await page.goto(`${bench.url}/playground`, { waitUntil: "networkidle" });
    expect(await page.getByRole("link", { name: "People" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Connections" }).count()).toBe(0);
    await context.close();
    expect((await member.fetch("/api/users")).status).toBe(403);
    expect(
      (
        await member.fetch("/api/connections", {
          method: "POST",
          body: { name: "x", baseUrl: "https://api.example.com/v1", models: ["m"] },
        })
      ).status,
    ).toBe(403);
  });
});
