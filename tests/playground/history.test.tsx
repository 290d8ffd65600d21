// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { History } from "@/components/playground/history";
import type { PlaygroundEntry } from "@/lib/playground";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { refusal, serve } from "./api";
import { openTestSession } from "./open-session";
import "../support/patience";

standInForBrowser();

const click = (element: Element) => act(async () => void fireEvent.click(element));
const type = (element: Element, value: string) =>
  act(async () => void fireEvent.change(element, { target: { value } }));

const entry = (id: string, title: string, more: Partial<PlaygroundEntry> = {}): PlaygroundEntry => ({
  id,
  title,
  folder: "",
  version: 1,
  createdAt: "2026-11-21T09:11:00.000Z",
  updatedAt: "2026-11-21T09:12:00.000Z",
  deletedAt: null,
  ...more,
});

type Routes = Parameters<typeof serve>[0];

/** Opens the history over these answers; what was asked of the list stands in `queries`. */
function open(list: (query: URLSearchParams) => Response, routes: Routes = {}) {
  const asked = serve({ "GET /api/playground/folders": () => Response.json([]), ...routes });
  const plain = globalThis.fetch;
  const queries: string[] = [];
  globalThis.fetch = (async (input: string, init?: RequestInit) => {
    const url = new URL(input, "http://here");
    if (url.pathname !== "/api/playground" || init?.method === "POST") return plain(input, init);
    queries.push(url.search);
    return list(url.searchParams);
  }) as typeof fetch;
  const session = openTestSession();
  session.view.setState({ rail: "history" });
  show(<History session={session} onDeleted={() => undefined} />);
  return { asked, queries, session };
}

const page = (...sessions: PlaygroundEntry[]) => Response.json({ sessions, next: null });

describe("the history", () => {
  it("with nothing in it says what comes here and offers to import", async () => {
    const { session } = open(() => page());
    await screen.findByText("Nothing saved yet");
    await click(screen.getByRole("button", { name: "Import conversations" }));
    expect(session.view.getState().dialog).toBe("import");
    await expectNoAxeViolations();
  });

  it("stays narrowed as it was when another comparison takes the place of the open one", async () => {
    const { session } = open(() => page());
    await click(await screen.findByRole("radio", { name: "Deleted" }));
    cleanup();
    show(<History session={session} onDeleted={() => undefined} />);
    await screen.findByText("Nothing was deleted");
    expect(screen.getByRole("radio", { name: "Deleted" })).toHaveProperty("checked", true);
  });

  it("that cannot be read says why and is read again", async () => {
    let tries = 0;
    open(() =>
      tries++ === 0
        ? refusal(503, "unavailable", "The database is starting.")
        : page(entry("pg_1", "Batteries")),
    );
    await screen.findByText("The database is starting.");
    await click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: /Batteries/ })).toBeDefined();
  });

  it("is searched as one types, with marks in title and snippet, as text alone", async () => {
    const snippet = [
      { text: "…<b>it</b> ", mark: false },
      { text: "last", mark: true },
      { text: "s long", mark: false },
    ];
    const { queries } = open((query) =>
      query.get("q") === "last" ? page(entry("pg_1", "Lasting", { snippet })) : page(entry("pg_2", "Other")),
    );
    await screen.findByRole("link", { name: /Other/ });
    await type(screen.getByRole("searchbox", { name: "Search all words" }), "last");
    await screen.findByText("Last");
    const link = screen.getByRole("link");
    expect([...link.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["Last", "last"]);
    expect(link.querySelector("b")).toBeNull();
    expect(link.textContent).toContain("<b>it</b>");
    expect(queries).toEqual(["?state=live", "?q=last&state=live"]);
    await expectNoAxeViolations();
  });

  it("says when nothing matches, and leads back", async () => {
    open((query) => (query.has("q") ? page() : page(entry("pg_1", "Batteries"))));
    await screen.findByRole("link", { name: /Batteries/ });
    await type(screen.getByRole("searchbox"), "zulu");
    await screen.findByText("Nothing matches");
    await click(screen.getByRole("button", { name: "Clear the search" }));
    expect(await screen.findByRole("link", { name: /Batteries/ })).toBeDefined();
  });

  it("is reached by the key /", async () => {
    open(() => page());
    await screen.findByText("Nothing saved yet");
    await act(async () => void fireEvent.keyDown(window, { key: "/" }));
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));
  });

  it("moves a comparison into a new folder", async () => {
    const moved: unknown[] = [];
    open(() => page(entry("pg_1", "Batteries", { folder: "Support" })), {
      "GET /api/playground/folders": () => Response.json([{ folder: "Support", sessions: 1 }]),
      "PUT /api/playground/pg_1/folder": (body) => {
        moved.push(body);
        return new Response(null, { status: 204 });
      },
    });
    expect(await screen.findByRole("link", { name: /Batteries.*Support/ })).toBeDefined();
    expect(await screen.findByRole("combobox", { name: "Folder" })).toBeDefined();
    await click(screen.getByRole("button", { name: "More for Batteries" }));
    await click(await screen.findByRole("menuitem", { name: "Move to a folder" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Move to a folder" }));
    await act(async () => void fireEvent.keyDown(dialog.getByLabelText("Folder"), { key: "Enter" }));
    // Radix keeps a native select beside its own list, for forms.
    const options = await screen.findAllByRole("option", { name: "New folder" });
    const option = options.find(({ tagName }) => tagName !== "OPTION");
    await act(async () => void (option && fireEvent.keyDown(option, { key: "Enter" })));
    expect(dialog.getByRole("button", { name: /^Move/ }).getAttribute("aria-disabled")).toBe("true");
    await type(dialog.getByLabelText("Name of the new folder"), " Billing ");
    await expectNoAxeViolations();
    await click(dialog.getByRole("button", { name: /^Move/ }));
    expect(await screen.findByText("Moved to Billing")).toBeDefined();
    expect(moved).toEqual([{ folder: "Billing" }]);
  });

  it("lists deleted ones with the time left and restores them", async () => {
    const deletedAt = new Date(Date.now() - 2.5 * 86_400_000).toISOString();
    let restored = false;
    const { asked } = open(
      (query) =>
        query.get("state") === "deleted" && !restored ? page(entry("pg_1", "Gone", { deletedAt })) : page(),
      {
        "POST /api/playground/pg_1/restore": () => {
          restored = true;
          return Response.json(entry("pg_1", "Gone"));
        },
      },
    );
    await screen.findByText("Nothing saved yet");
    await click(screen.getByRole("radio", { name: "Deleted" }));
    expect(await screen.findByText("27 days left")).toBeDefined();
    expect(screen.getByText(/can be restored for 30 days/)).toBeDefined();
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Restore Gone" }));
    expect(await screen.findByText("Nothing was deleted")).toBeDefined();
    expect(asked).toContain("POST /api/playground/pg_1/restore");
  });

  it("says beside a deleted one why it could not be restored", async () => {
    open(() => page(entry("pg_1", "Gone", { deletedAt: new Date().toISOString() })), {
      "POST /api/playground/pg_1/restore": () =>
        refusal(404, "not_found", "There is no such playground session."),
    });
    await click(await screen.findByRole("button", { name: "Restore Gone" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Not restored. There is no such");
  });
});
