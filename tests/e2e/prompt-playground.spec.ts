import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnOf, type PlaygroundBench, startPlaygroundBench } from "./playground-bench";
import { inviteMember, send, type Visitor } from "./visitor";

const name = "main.default.ticket_reply";
const first = "You help support agents. Answer in short sentences.";
const second = "You help support agents. Answer in plain sentences.";
let bench: PlaygroundBench;
let member: Visitor;
let page: Page;

/** EXECUTE on the prompt and on one model, and nothing else. */
async function letExecute(email: string): Promise<void> {
  const find = (kind: string, object: string) =>
    send<{ id: string }>(bench.admin, "GET", `/api/catalog/lookup?kind=${kind}&name=${object}`);
  const people = await send<{ id: string }[]>(
    bench.admin,
    "GET",
    `/api/catalog/principals?q=${encodeURIComponent(email)}`,
  );
  const principalId = people[0]?.id;
  const objects = [await find("prompt", name), await find("model", "main.default.pebble-2m")];
  await send(bench.admin, "PATCH", "/api/catalog/grants", {
    objectIds: objects.map(({ id }) => id),
    changes: [{ principalId, add: ["EXECUTE"] }],
  });
}

const menu = async (label: string | RegExp, item: string | RegExp) => {
  await page.getByRole("button", { name: label, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const system = () => page.getByRole("textbox", { name: "system, message 1 of 2" });
const ticket = () => page.getByRole("textbox", { name: "ticket", exact: true });
const run = () => page.keyboard.press("Control+Enter");
/** What the upstream was asked in its last calls. */
const asked = (last: number) =>
  bench.upstream.calls.slice(-last).map(({ body }) => (body.messages as { content: string }[])[0]?.content);

beforeAll(async () => {
  if (!process.env.CHROMIUM) return;
  bench = await startPlaygroundBench();
  member = await inviteMember(bench.bench.url, bench.admin, "noor@desk.example");
  await send(bench.admin, "POST", "/api/prompts", {
    schema: "main.default",
    name: "ticket_reply",
    content: {
      type: "chat",
      messages: [
        { role: "system", text: first },
        { role: "user", text: "Answer <ticket>{{ticket}}</ticket>" },
      ],
      variables: [{ name: "ticket" }],
    },
  });
  ({ page } = await bench.open(bench.admin, "/playground?model=desk/fast"));
});
afterAll(() => bench?.close());

describe.skipIf(!process.env.CHROMIUM)("a prompt of the library in the playground", () => {
  it("is loaded, filled and run, and what was changed here is saved as its next version", async () => {
    await menu("More", "Load a prompt");
    const picker = page.getByRole("dialog", { name: "Load a prompt" });
    await picker.getByRole("button", { name: /ticket_reply/ }).click();
    await picker.getByRole("button", { name: /latest/ }).waitFor();
    await picker.getByRole("button", { name: "Load prompt" }).click();
    await ticket().fill("The case hums.");
    await run();
    await columnOf(page, "A").getByText("Bright and brief.").waitFor();
    expect(asked(1)).toEqual([first]);
    await system().fill(second);
    await page.getByText("edited from v1").waitFor();
    await page.getByRole("button", { name: "Save as version" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as version" });
    await dialog.getByText("Against v1, from which it started:").waitFor();
    await dialog.getByRole("textbox", { name: "What this version changes" }).fill("Plain, not short");
    await dialog.getByRole("button", { name: "Save version" }).click();
    await dialog.waitFor({ state: "detached" });
    const saved = await send<{ content: { messages: { text: string }[] }; version: number }>(
      bench.admin,
      "GET",
      `/api/prompts/${name}?alias=latest`,
    );
    expect(saved).toMatchObject({ version: 2, content: { messages: [{ text: second }, {}] } });
  });

  it("stands beside another of its versions, asked with the same value", async () => {
    await menu(`More for ${name}`, /^Compare with another version/);
    const picker = page.getByRole("dialog", { name: "Compare with another version" });
    await picker.getByRole("list", { name: "Versions" }).getByRole("button", { name: /^v1/ }).click();
    await picker.getByRole("button", { name: "Load prompt" }).click();
    await columnOf(page, "B").waitFor();
    await ticket().fill("The lamp flickers.");
    await run();
    await columnOf(page, "B").getByText("Bright and brief.").waitFor();
    await expect.poll(() => asked(2).toSorted()).toEqual([second, first].toSorted());
    const users = bench.upstream.calls
      .slice(-2)
      .map(({ body }) => (body.messages as { content: string }[]).at(-1)?.content);
    expect(users).toEqual(Array(2).fill("Answer <ticket>The lamp flickers.</ticket>"));
    const counted = async () => {
      const usage = await send<{ versions: { version: number; calls: number }[] }>(
        bench.admin,
        "GET",
        `/api/prompts/${name}/usage`,
      );
      return usage.versions.filter(({ calls }) => calls > 0).map(({ version }) => version);
    };
    await expect.poll(counted).toEqual(expect.arrayContaining([1, 2]));
  });

  it("is run by who may only EXECUTE it, and changed by nobody else", async () => {
    const hidden = await bench.open(member, `/prompts/${name}`);
    await hidden.page.getByText(/It does not exist, or you may not see it/).waitFor();
    await hidden.context.close();
    await letExecute("noor@desk.example");
    const theirs = await bench.open(member, `/prompts/${name}`);
    await theirs.page.getByRole("tab", { name: /^Versions/ }).waitFor();
    expect(await theirs.page.getByRole("tab", { name: "Edit" }).count()).toBe(0);
    for (const forbidden of ["Save as version", "Move alias", "Request move"])
      expect(await theirs.page.getByRole("button", { name: forbidden }).count()).toBe(0);
    await theirs.page.goto(`${bench.bench.url}/playground?prompt=${name}@2&model=server:pebble-2m`);
    await theirs.page.getByRole("textbox", { name: "ticket", exact: true }).fill("The lamp flickers.");
    await theirs.page.keyboard.press("Control+Enter");
    await columnOf(theirs.page, "A").getByText("stop", { exact: true }).waitFor({ timeout: 60_000 });
    const refused = await member.fetch(`/api/prompts/${name}/versions`, {
      method: "POST",
      body: { content: { type: "text", text: "Mine", variables: [] }, message: "Mine", base: 2 },
    });
    expect(refused.status).toBe(403);
    const moved = await member.fetch(`/api/prompts/${name}/aliases/production`, {
      method: "PUT",
      body: { version: 1, from: null },
    });
    expect(moved.status).toBe(403);
    expect(theirs.complaints).toEqual([]);
    await theirs.context.close();
  });
});
