// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { PromptPage } from "@/components/prompts/one/prompt-page";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { api, fullName, prompt, routes, third, usage, versionOf } from "./one-pages";
import "../support/patience";

standInForBrowser();

const open = (search: string) =>
  show(<PromptPage name={fullName} admin />, { path: `/prompts/${fullName}`, search });
const click = (element: Element) => act(async () => void fireEvent.click(element));

describe("the usage of a prompt", () => {
  it("sums calls up by version, with what is not known said so", async () => {
    answerWith(routes());
    open("tab=usage");
    const table = within(
      await screen.findByRole("table", { name: "Calls of ticket_summary by version in 30 days" }),
    );
    const [, fifth, third] = table
      .getAllByRole("row")
      .map((row) => [...row.children].slice(1, 9).map((cell) => cell.textContent));
    expect(fifth).toEqual(["200", "0", "0", "640 ms", "1,200 ms", "25,600", "18,400", "$0.14"]);
    expect(third).toEqual(["1,000", "12,400", "4", "812 ms", "12.4 s", "118,000", "131,000", "unknown"]);
    expect(screen.getByRole("link", { name: "main.support.reply" }).getAttribute("href")).toBe(
      "/prompts/main.support.reply",
    );
    await expectNoAxeViolations();
  });

  it("says how each version did in votes, also one that was not called lately, and where this comes from", async () => {
    answerWith(routes());
    open("tab=usage");
    const table = within(
      await screen.findByRole("table", { name: "Calls of ticket_summary by version in 30 days" }),
    );
    const rows = table.getAllByRole("row").map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows.map((cells) => cells[9])).toEqual([
      "Feedback",
      "7 won, 2 lost, 1 tied",
      "no votes",
      "1 lost, 2 all bad",
    ]);
    expect(rows.at(-1)).toEqual([
      "v2",
      "0",
      "0",
      "0",
      "not measured",
      "not measured",
      "0",
      "0",
      "$0",
      "1 lost, 2 all bad",
      "not called",
    ]);
    screen.getByText(/everybody’s blind votes in the playground/);
  });

  it("still shows the calls when the votes could not be read", async () => {
    const refused = new Refusal(503, "unavailable", "Busy.");
    answerWith({ ...routes(), "GET /api/playground/prompt-feedback": refused });
    open("tab=usage");
    await screen.findByText("Feedback could not be read");
    expect(screen.getAllByText("not read")).toHaveLength(2);
    expect(screen.getByText("1,000")).toBeTruthy();
  });

  it("lists the reader's own snapshots with the versions in them", async () => {
    answerWith(routes());
    const { unmount } = open("tab=usage");
    const rows = within(await screen.findByRole("table", { name: "Your snapshots with ticket_summary" }));
    const link = rows.getByRole("link", { name: "Two tones of one ticket" });
    expect(link.getAttribute("href")).toBe("/playground/shared/snap_1");
    expect(rows.getByText("v5, v3")).toBeTruthy();
    unmount();
    answerWith({ ...routes(), "GET /api/playground/snapshots": [] });
    open("tab=usage");
    await screen.findByText(/None of yours uses it/);
  });

  it("opens a past call in the playground with another version, as long as its variables are kept", async () => {
    answerWith(routes());
    open("tab=usage");
    const rows = within(await screen.findByRole("table", { name: "Invocations of ticket_summary" }));
    expect(rows.getByText("product: Lamp, ticket: It hums.")).toBeTruthy();
    expect(rows.getByText("not kept")).toBeTruthy();
    const [kept] = rows.getAllByRole("button", { name: "Open the call of v3 in playground" });
    await click(kept as HTMLElement);
    const newer = await screen.findByRole("menuitem", { name: /^With v5/ });
    expect(newer.getAttribute("href")).toBe(`/playground?prompt=${fullName}@5&invocation=inv_1`);
    await expectNoAxeViolations();
  });

  it("offers no call again whose variables were not kept, and says why", async () => {
    answerWith(routes());
    open("tab=usage");
    const rows = within(await screen.findByRole("table", { name: "Invocations of ticket_summary" }));
    const [, lost] = rows.getAllByRole("button", { name: "Open the call of v3 in playground" });
    await click(lost as HTMLElement);
    const off = await screen.findByRole("menuitem", { name: /^With v5/ });
    expect(off.textContent).toContain("its variables were not kept");
    expect(off.hasAttribute("href")).toBe(false);
  });

  it("says that it was not called, or could not be read", async () => {
    const none = { ...usage, versions: [], invocations: [], includedIn: [] };
    answerWith({
      ...routes({ ...prompt, type: "text" }),
      [`GET ${api}/usage`]: none,
      "GET /api/playground/prompt-feedback": { versions: [] },
    });
    const { unmount } = open("tab=usage");
    await screen.findByText("Not used in 30 days");
    expect(screen.getByText(/No prompt that you may see includes it\./)).toBeTruthy();
    await expectNoAxeViolations();
    unmount();
    answerWith({ ...routes(), [`GET ${api}/usage`]: new Refusal(503, "unavailable", "Busy.") });
    open("tab=usage");
    await screen.findByText("Usage could not be read");
  });
});

describe("the permissions of a prompt", () => {
  it("are those of the catalogue", async () => {
    answerWith(routes());
    open("tab=permissions");
    await screen.findByText("Nothing is granted on ticket_summary");
    await expectNoAxeViolations();
  });
});

describe("code for a prompt", () => {
  const fetched = {
    id: prompt.id,
    name: fullName,
    version: 3,
    alias: null,
    aliases: ["production"],
    message: "Name the product in the summary",
    createdAt: prompt.createdAt,
    content: third,
    resolved: third,
    includes: [],
    variables: third.variables,
    placeholders: ["history"],
  };

  it("fetches it by alias or version, and calls a model with it", async () => {
    answerWith({ ...routes(), [`GET ${api}`]: fetched, [`GET ${api}/versions/2`]: versionOf(2, third) });
    open("version=3");
    await click(await screen.findByRole("button", { name: "Code" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Code for this prompt" }));
    const code = () =>
      dialog.getByRole("tabpanel", { hidden: false }).querySelector("code")?.textContent ?? "";
    await dialog.findByRole("tab", { name: "Fetch, curl" });
    expect(code()).toContain(`/api/prompts/${fullName}?alias=production'`);
    await click(dialog.getByRole("radio", { name: "v3" }));
    expect(code()).toContain(`/api/prompts/${fullName}?version=3'`);
    await expectNoAxeViolations();
    fireEvent.mouseDown(dialog.getByRole("tab", { name: "Fetch, TypeScript" }), { button: 0 });
    expect(code()).toContain(`await tessera.prompt("${fullName}", {"version":3});`);
    fireEvent.mouseDown(dialog.getByRole("tab", { name: "Call, curl" }), { button: 0 });
    const body = /-d '([\s\S]*)'/.exec(code())?.[1] ?? "";
    expect(JSON.parse(body)).toEqual({
      prompt: {
        name: fullName,
        version: 3,
        variables: { product: "… product …", tone: "calm", ticket: "… ticket …" },
        placeholders: { history: [] },
      },
    });
  });
});
