// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { TreePanel } from "@/components/catalog/tree-panel";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { Refusal } from "../ui/server";
import { entry, main, support, ticketsRef } from "./pages";
import "../support/patience";

standInForBrowser();

const system = { id: "cat_sys", kind: "catalog", name: "system", fullName: "system" } as const;
const cases = { ...ticketsRef, id: "tbl_2", name: "cases", fullName: "main.support.cases" };
const page = (entries: object[], more: object = {}) => ({ entries, next: null, ...more });

/** Answers by what is asked: the root, a container, or a text. */
function answer(more: Record<string, unknown> = {}) {
  const pages: Record<string, unknown> = {
    "": page([entry(main, { children: 1 }), entry(system, { children: 0, isBrowseOnly: true })], {
      browseOnly: 9,
    }),
    "parent=cat_main": page([entry(support, { children: 2 })]),
    "parent=sch_support": page([entry(cases), entry(ticketsRef)], { next: "tickets~tbl_1" }),
    "parent=sch_support&cursor=tickets%7Etbl_1": page([
      entry({ ...ticketsRef, id: "tbl_3", name: "views", fullName: "main.support.views" }),
    ]),
    "q=tick": page([entry(ticketsRef)]),
    ...more,
  };
  vi.stubGlobal("fetch", async (input: string) => {
    const asked = new URL(input, "http://127.0.0.1").searchParams.toString();
    const found = pages[asked];
    if (found === undefined) throw new Error(`Nothing answers ${asked} here`);
    if (found instanceof Refusal) {
      const { status, code, message } = found;
      return Response.json({ error: { code, message, request_id: "req_0123456789ab" } }, { status });
    }
    return Response.json(found);
  });
}

const item = (name: RegExp) => screen.findByRole("treeitem", { name });
const press = (key: string) =>
  act(async () => void fireEvent.keyDown(document.activeElement ?? document.body, { key }));
const focused = () => document.activeElement?.getAttribute("aria-label");

it("opens down to the object in the address, and says how much more is known by name only", async () => {
  answer();
  show(<TreePanel />, { path: "/catalog/main/support/tickets" });
  const open = await item(/^tickets/);
  expect(open.getAttribute("aria-selected")).toBe("true");
  expect(open.getAttribute("aria-level")).toBe("3");
  expect(open.tabIndex).toBe(0);
  expect((await item(/^system/)).getAttribute("aria-label")).toBe("system, catalog, by name only");
  expect(await screen.findByText("9 more objects are visible to you by name only (BROWSE).")).toBeTruthy();
  await expectNoAxeViolations();
});

it("is walked with arrows, Home, End, first letters and Enter", async () => {
  answer();
  show(<TreePanel />, { path: "/catalog" });
  const first = await item(/^main/);
  await act(async () => first.focus());
  expect(first.getAttribute("aria-expanded")).toBe("false");
  await press("ArrowRight");
  await item(/^support/);
  await press("ArrowRight");
  expect(focused()).toBe("support, schema");
  await press("ArrowRight");
  await item(/^cases/);
  await press("ArrowDown");
  expect(focused()).toBe("cases, table");
  await press("t");
  expect(focused()).toBe("tickets, table");
  const followed = vi.fn((event: Event) => event.preventDefault());
  document.activeElement?.querySelector("a")?.addEventListener("click", followed);
  await press("Enter");
  expect(followed).toHaveBeenCalledOnce();
  await press("ArrowLeft");
  expect(focused()).toBe("support, schema");
  await press("ArrowLeft");
  expect((await item(/^support/)).getAttribute("aria-expanded")).toBe("false");
  await press("End");
  expect(focused()).toMatch(/^system/);
  await press("Home");
  expect(focused()).toBe("main, catalog");
});

it("brings more of a large container when asked", async () => {
  answer();
  show(<TreePanel />, { path: "/catalog/main/support/tickets" });
  const more = await screen.findByRole("treeitem", { name: "Show 200 more" });
  await act(async () => more.focus());
  await press("Enter");
  expect(await item(/^views/)).toBeTruthy();
  expect(screen.queryByRole("treeitem", { name: "Show 200 more" })).toBeNull();
});

it("finds by name wherever it lies, with what it lies in", async () => {
  answer();
  show(<TreePanel />, { path: "/catalog" });
  await item(/^main/);
  fireEvent.change(screen.getByRole("searchbox", { name: "Filter by name" }), { target: { value: "tick" } });
  expect((await item(/^main\.support\.tickets/)).getAttribute("aria-level")).toBe("1");
  expect(screen.queryByRole("treeitem", { name: /^system/ })).toBeNull();
  expect((await item(/^main\.support\.tickets/)).tabIndex).toBe(0);
  await expectNoAxeViolations();
});

it("says why it cannot be read", async () => {
  answer({ "": new Refusal(503, "unavailable", "The disk is being checked.") });
  show(<TreePanel />, { path: "/catalog" });
  await screen.findByText("The disk is being checked.");
  await expectNoAxeViolations();
});
