// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { PromptPage } from "@/components/prompts/one/prompt-page";
import type { PromptDetail } from "@/lib/prompts";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { api, fifth, fullName, prompt, routes, usage, versionOf } from "./one-pages";
import "../support/patience";

standInForBrowser();

const detail = `GET ${api}/detail`;
const open = (search = "") =>
  show(<PromptPage name={fullName} admin />, { path: `/prompts/${fullName}`, search });
const click = (element: Element) => act(async () => void fireEvent.click(element));
const wide = () =>
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
const address = () => window.location.search;

describe("a prompt's page", () => {
  it("keeps its place while it is read", async () => {
    answerWith({ [detail]: silence });
    open();
    expect(screen.getAllByLabelText("Loading").length).toBeGreaterThan(0);
    await expectNoAxeViolations();
  });

  it("says the same of what is missing and of what is hidden, and offers to ask for it", async () => {
    answerWith({ [detail]: new Refusal(404, "not_found", "There is none.") });
    open();
    await screen.findByText("It does not exist, or you may not see it.");
    expect(screen.getByRole("link", { name: "Request access" }).getAttribute("href")).toBe(
      `/access/requests?new=${fullName}&kind=prompt`,
    );
    await expectNoAxeViolations();
  });

  it("can be read again after a failure", async () => {
    let tries = 0;
    answerWith({
      ...routes(),
      [detail]: () => (tries++ === 0 ? new Refusal(503, "unavailable", "Busy.") : prompt),
    });
    open();
    await click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByRole("heading", { name: "ticket_summary", level: 1 });
  });

  it("names what it is, whose, where it is included, and leads into the playground by its alias or number", async () => {
    answerWith(routes());
    const { unmount } = open("version=3");
    await screen.findByText("chat, 3 variables");
    await screen.findByText(/Owner Mira\. Included in 1 prompt\./);
    const link = () => screen.getByRole("link", { name: "Open in playground" }).getAttribute("href");
    expect(link()).toBe(`/playground?prompt=${fullName}@production`);
    unmount();
    open();
    await screen.findByText("chat, 3 variables");
    expect(link()).toBe(`/playground?prompt=${fullName}@5`);
  });

  it("shows somebody who may only know of it facts, and how to ask for more", async () => {
    const browsed: PromptDetail = {
      ...prompt,
      may: { execute: false, modify: false, manage: false, grant: false },
      rights: [],
    };
    answerWith(routes(browsed));
    open();
    await screen.findByText(`You need EXECUTE on ${fullName}. Mira can grant it.`);
    expect(screen.getByRole("link", { name: "Request EXECUTE" }).getAttribute("href")).toBe(
      `/access/requests?new=${fullName}&kind=prompt&privilege=EXECUTE`,
    );
    expect(screen.queryByRole("button", { name: /alias|Code/ })).toBeNull();
    expect(screen.queryByRole("tab", { name: "Edit" })).toBeNull();
    await expectNoAxeViolations();
  });

  it("lets somebody who may only run it read and compare, but neither edit nor move", async () => {
    answerWith(
      routes({ ...prompt, may: { execute: true, modify: false, manage: false, grant: false }, rights: [] }),
    );
    open("tab=edit");
    await screen.findByRole("list", { name: "Versions, newest first" });
    await screen.findAllByText("[added:");
    expect(screen.queryByRole("tab", { name: "Edit" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Move alias" })).toBeNull();
  });
});

describe("the versions of a prompt", () => {
  it("stand newest first with what points to them, and production is held against the last one", async () => {
    wide();
    answerWith(routes({ ...prompt, draft: { baseNumber: 5, updatedAt: prompt.changedAt, revision: 1 } }));
    open();
    const list = within(await screen.findByRole("list", { name: "Versions, newest first" }));
    const rows = list.getAllByRole("listitem").map((row) => row.textContent);
    expect(rows[0]).toContain("draft");
    expect(rows[1]).toMatch(/v5.*latest.*staging.*right.*Forbid promising dates.*Noor/);
    await waitFor(() =>
      expect(list.getAllByRole("listitem")[3]?.textContent).toMatch(
        /v3.*production, protected.*left.*1,000 calls/,
      ),
    );
    expect(rows[5]).toContain("Tessera");
    await screen.findByText(/^\+1\d words$/);
    const gone = [...document.querySelectorAll("del")].map((mark) => mark.textContent);
    expect(gone).toContain("[removed: short] ");
    expect(gone).toContain("0.7");
    expect([...document.querySelectorAll("ins")].map((mark) => mark.textContent)).toContain(
      "[added: Never promise a date, a refund or a call back.] ",
    );
    const table = within(screen.getByRole("table", { name: "Configuration of v3 and v5" }));
    expect(table.getByText("max tokens").closest("tr")?.textContent).toBe("max tokensnot sent400");
    await expectNoAxeViolations();
  });

  it("say what calls of both took, and what is not known of them", async () => {
    wide();
    answerWith(routes());
    open();
    const text = async (label: string) => (await screen.findByText(label)).closest("div")?.textContent;
    expect(await text("Median latency")).toBe("Median latency812 ms640 ms");
    expect(await text("Tokens out per call")).toBe("Tokens out per call13192");
    expect(await text("Cost per 1,000 calls")).toBe("Cost per 1,000 callsunknown$0.71");
  });

  it("are compared side by side or inline, with or without their configuration", async () => {
    wide();
    answerWith(routes());
    open();
    await screen.findByRole("table", { name: /^Configuration/ });
    const lines = () => screen.getAllByText("You help support agents.").length;
    expect(lines()).toBe(2);
    await click(screen.getByRole("radio", { name: "Inline" }));
    expect(lines()).toBe(1);
    await click(screen.getByRole("switch", { name: "Configuration" }));
    expect(screen.queryByRole("table", { name: /^Configuration/ })).toBeNull();
    await expectNoAxeViolations();
  });

  it("are chosen by row and by the keys [ and ], and the choice stands in the address", async () => {
    answerWith({ ...routes(), [`GET ${api}/versions/4`]: versionOf(4, fifth) });
    open("version=4&against=3");
    await screen.findByRole("list", { name: "Versions, newest first" });
    await click(screen.getByRole("button", { name: "Compare with v1 on the left" }));
    expect(address()).toContain("against=1");
    await click(screen.getByRole("button", { name: /^v2\b/ }));
    expect(address()).toContain("version=2");
    fireEvent.keyDown(document.body, { key: "]" });
    expect(address()).toContain("version=5");
    fireEvent.keyDown(document.body, { key: "[" });
    fireEvent.keyDown(document.body, { key: "[" });
    expect(address()).toContain("version=3");
    // On the narrow screen of this test, the way back to the list.
    await click(screen.getByRole("button", { name: "All versions" }));
    expect(address()).not.toContain("version=");
  });

  it("before those that came with the page are fetched when they are asked for", async () => {
    const few: PromptDetail = { ...prompt, versions: prompt.versions.slice(0, 3) };
    const older = { versions: prompt.versions.slice(3), next: null };
    answerWith({ ...routes(few), [`GET ${api}/versions`]: older });
    open();
    await click(await screen.findByRole("button", { name: "Load older, 2 versions" }));
    await screen.findByRole("button", { name: /^v1\b/ });
    expect(screen.queryByRole("button", { name: /Load older/ })).toBeNull();
  });

  it("of a new prompt is shown by itself", async () => {
    const one = { ...prompt, lastNumber: 1, versions: prompt.versions.slice(4), aliases: [], rules: [] };
    answerWith({
      ...routes(one),
      [`GET ${api}/versions/1`]: versionOf(1, fifth),
      [`GET ${api}/aliases`]: [],
      [`GET ${api}/usage`]: { ...usage, versions: [], invocations: [], includedIn: [] },
    });
    open();
    await screen.findByText("Never promise a date, a refund or a call back.");
    expect(document.querySelector("ins, del")).toBeNull();
    expect(screen.getByText("No alias was moved yet.")).toBeTruthy();
    expect(screen.queryByText("Median latency")).toBeNull();
    await expectNoAxeViolations();
  });

  it("that cannot be read say so and can be read again", async () => {
    answerWith({ ...routes(), [`GET ${api}/versions/3`]: new Refusal(500, "internal", "A bug.") });
    open();
    await screen.findByText("The versions could not be read");
  });
});
