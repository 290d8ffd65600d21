// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LibraryPage } from "@/components/prompts/library/library-page";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { bare, mira, nobodyWaits, schemas, summary } from "./library-pages";
import "../support/patience";

standInForBrowser();

const list = "GET /api/prompts";
const around = { "GET /api/prompt-moves": nobodyWaits };
const open = (search = "") => show(<LibraryPage me={mira} />, { path: "/prompts", search });
const click = (element: Element) => act(async () => void fireEvent.click(element));
const rowOf = async (name: string) =>
  within((await screen.findByRole("link", { name: new RegExp(name) })).closest("tr") as HTMLElement);

describe("the list of prompts", () => {
  it("keeps its place while it is read", async () => {
    answerWith({ ...around, [list]: silence });
    open();
    expect(screen.getByLabelText("Loading")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("says why it cannot be read, and is read again", async () => {
    let tries = 0;
    const loaded = { prompts: [summary], next: null };
    answerWith({
      ...around,
      [list]: () => (tries++ === 0 ? new Refusal(503, "unavailable", "The disk is being checked.") : loaded),
    });
    open();
    await screen.findByText("The disk is being checked.");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: /ticket_summary/ })).toBeTruthy();
  });

  it("that is empty leads to the first prompt, and says so when only the filter empties it", async () => {
    answerWith({ ...around, ...schemas(), [list]: { prompts: [], next: null } });
    const first = open();
    await screen.findByText("No prompts yet");
    await expectNoAxeViolations();
    await click(screen.getAllByRole("button", { name: "New prompt" }).at(-1) as HTMLElement);
    expect(window.location.search).toBe("?new");
    first.unmount();
    const inSchema = open("schema=main.support");
    await screen.findByText("No prompts in main.support");
    inSchema.unmount();
    open("q=zzz&owner=usr_noor");
    await screen.findByText("No prompt matches");
    await click(screen.getByRole("button", { name: "Show all prompts" }));
    expect(window.location.search).toBe("");
  });

  it("shows type, where production and other aliases stand, last version, who changed it and its last use", async () => {
    answerWith({ ...around, [list]: { prompts: [summary, bare], next: null } });
    open();
    const row = await rowOf("ticket_summary");
    expect(row.getByRole("link", { name: /^production/ }).textContent).toBe("production: v3, protected");
    expect(row.getByRole("link", { name: /^staging/ }).textContent).toBe("staging: v5");
    expect(row.getByTitle("pilot: v2").textContent).toBe("+1");
    expect(row.getByTitle("checked").textContent).toBe("+1");
    expect(row.getByRole("cell", { name: "v5" })).toBeTruthy();
    expect(row.getAllByText(/by Noor/).length).toBeGreaterThan(0);
    expect(row.getByText("team: support")).toBeTruthy();
    expect(row.getByRole("link", { name: /ticket_summary/ }).getAttribute("href")).toBe(
      "/prompts/main.support.ticket_summary",
    );
    expect(row.getByRole("link", { name: /^production/ }).getAttribute("href")).toBe(
      "/prompts/main.support.ticket_summary?version=3",
    );
    const other = await rowOf("tone");
    expect(other.getByText("none")).toBeTruthy();
    expect(other.getByText("no call yet")).toBeTruthy();
    expect(screen.getByText("2 prompts")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("asks with what stands in the address, and shows where the search matched", async () => {
    let asked: URLSearchParams | undefined;
    answerWith({
      ...around,
      [list]: (_body: unknown, query: URLSearchParams) => {
        asked = query;
        return { prompts: [bare], next: null };
      },
    });
    open("q=plain&schema=main.support&owner=usr_mira&tag=team:support&limit=9999&nonsense=1");
    const row = await rowOf("tone");
    expect(row.getByText("plain").tagName).toBe("MARK");
    expect(Object.fromEntries(asked ?? [])).toEqual({
      q: "plain",
      schema: "main.support",
      owner: "usr_mira",
      tag: "team:support",
    });
    expect(screen.getByRole("button", { name: /choose the owner/ }).textContent).toContain("You");
    await expectNoAxeViolations();
  });

  it("is narrowed by typing, by an owner, a tag or a schema, which the address keeps", async () => {
    answerWith({ ...around, ...schemas(), [list]: { prompts: [summary], next: null } });
    open();
    const row = await rowOf("ticket_summary");
    fireEvent.change(screen.getByLabelText("Search names and texts"), {
      target: { value: "refund policy " },
    });
    await expect.poll(() => window.location.search).toBe("?q=refund+policy");
    await click(row.getByRole("button", { name: "team: support" }));
    expect(window.location.search).toBe("?tag=team%3Asupport");
    await click(row.getByRole("button", { name: "Mira" }));
    expect(window.location.search).toBe("?owner=usr_mira");
    const trigger = screen.getByRole("button", { name: /All schemas/ });
    fireEvent.pointerEnter(trigger);
    await click(trigger);
    await click(await screen.findByRole("option", { name: "main.support" }));
    expect(window.location.search).toBe("?schema=main.support");
  });

  it("goes on page by page", async () => {
    answerWith({
      ...around,
      [list]: (_body: unknown, query: URLSearchParams) =>
        query.get("after") === "next-page"
          ? { prompts: [bare], next: null }
          : { prompts: [summary], next: "next-page" },
    });
    open();
    await screen.findByText("1 shown");
    await click(screen.getByRole("button", { name: "Load more" }));
    await screen.findByText("2 prompts");
    expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
  });

  it("is walked with J and K, but not while one types", async () => {
    answerWith({ ...around, [list]: { prompts: [summary, bare], next: null } });
    open();
    const first = await screen.findByRole("link", { name: /ticket_summary/ });
    const second = screen.getByRole("link", { name: /tone/ });
    const press = (key: string, target: Element = document.body) => fireEvent.keyDown(target, { key });
    press("j");
    expect(document.activeElement).toBe(first);
    press("j");
    press("j");
    expect(document.activeElement).toBe(second);
    press("k");
    expect(document.activeElement).toBe(first);
    const search = screen.getByLabelText("Search names and texts");
    press("/");
    expect(document.activeElement).toBe(search);
    press("j", search);
    expect(document.activeElement).toBe(search);
  });
});
