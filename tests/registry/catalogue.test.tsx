// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { RegistryPage } from "@/components/registry/registry-page";
import { expectNoAxeViolations, pushed, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { summary, triage } from "./pages";
import "../support/patience";

standInForBrowser();

const list = "GET /api/models/registry";
const open = (search = "", admin = true) =>
  show(<RegistryPage admin={admin} />, { path: "/registry", search });
const click = (element: Element) => act(async () => void fireEvent.click(element));

describe("what a model needs", () => {
  it("stands in its row: where it runs, memory, and what a browser fetches", async () => {
    const versionless = { ...summary, id: "mdl_bare", name: "bare", versions: 0, pending: 0, latest: null };
    answerWith({ [list]: { models: [summary, versionless], total: 2 } });
    open("runs=browser");
    const row = (await screen.findByRole("link", { name: "ticket-triage" })).closest("tr");
    expect(row?.textContent).toContain("18 MB");
    expect(row?.textContent).toContain("9.4 MB");
    expect(screen.getByRole("combobox", { name: "Runs" }).textContent).toBe("Runs in this browser");
    const bare = screen.getByRole("link", { name: "bare" }).closest("tr");
    expect(bare?.textContent).toContain("Every version was deleted.");
    await expectNoAxeViolations();
  });
});

describe("a model that is not to be used any more", () => {
  it("says so in its row, in the state of its last version", async () => {
    const deprecation = { from: "2024-02-03T00:00:00.000Z", why: "Use desk-2.", isInForce: true };
    const old = summary.latest && { ...summary, latest: { ...summary.latest, deprecation } };
    answerWith({ [list]: { models: [old], total: 1 } });
    open();
    const row = (await screen.findByRole("link", { name: "ticket-triage" })).closest("tr");
    expect(row?.textContent).toMatch(/deprecated since [23] Feb 2024/);
    expect(row?.textContent).not.toContain("ready");
  });
});

describe("the catalogue of registered models", () => {
  it("keeps its place while it is read", async () => {
    answerWith({ [list]: silence });
    open();
    expect(screen.getByLabelText("Loading")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("says why it cannot be read, and is read again", async () => {
    let tries = 0;
    answerWith({
      [list]: () =>
        tries++ === 0
          ? new Refusal(503, "unavailable", "The disk is being checked.")
          : { models: [summary], total: 1 },
    });
    open();
    await screen.findByText("The disk is being checked.");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: "ticket-triage" })).toBeTruthy();
  });

  it("that is empty leads on, and says so when only the filter empties it", async () => {
    answerWith({ [list]: { models: [], total: 0 } });
    const { unmount } = open();
    await screen.findByText("No models are registered");
    await expectNoAxeViolations();
    unmount();
    open("q=zzz&state=missing");
    await screen.findByText("No model matches");
    await click(screen.getByRole("button", { name: "Show all models" }));
    expect(window.location.search).toBe("");
  });

  it("shows version, aliases, licence, owner and open requests, and leads to the model", async () => {
    answerWith({ [list]: { models: [summary], total: 1_234 } });
    open();
    const row = within(
      (await screen.findByRole("link", { name: "ticket-triage" })).closest("tr") as HTMLElement,
    );
    for (const words of ["v2 of 2", "champion", "Gemma Terms of Use", "Mira", "hub", "ready"])
      expect(row.getAllByText(words).length).toBeGreaterThan(0);
    expect(row.getByText("open request", { exact: false })).toBeTruthy();
    expect(screen.getByRole("link", { name: "ticket-triage" }).getAttribute("href")).toBe(
      "/registry/ticket-triage",
    );
    expect(screen.getByText(/The first 200 of 1,234 models/)).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("writes what it is narrowed to into the address, and asks the server with it", async () => {
    answerWith({ [list]: { models: [summary], total: 1 } });
    open("alias=champion&nonsense=1&task=poetry");
    await screen.findByText("1 model");
    fireEvent.change(screen.getByLabelText("Find a model"), { target: { value: "desk" } });
    // What the address had that is no filter is left out.
    expect(window.location.search).toBe("?q=desk");
  });

  it("offers no change to somebody who may only look", async () => {
    answerWith({ [list]: { models: [summary], total: 1 } });
    open("", false);
    await screen.findByText("1 model");
    expect(screen.queryByRole("button", { name: /Register|Import/ })).toBeNull();
  });
});

describe("a model of one's own naming", () => {
  const served = {
    id: "pebble-2m",
    task: "chat",
    engine: "server",
    inBrowser: true,
    description: "",
    license: "Apache-2.0",
    ownedBy: "tessera",
    created: 1,
  };

  it("is told of what is served and deprecated, where it is chosen", async () => {
    const deprecation = { from: "2024-02-03T12:00:00.000Z", why: "Use desk-2.", isInForce: true };
    answerWith({
      [list]: { models: [], total: 0 },
      "GET /api/models": [served, { ...served, id: "old-1", deprecation }],
    });
    open("new");
    const dialog = within(await screen.findByRole("dialog", { name: "Register a model" }));
    await click(dialog.getByRole("combobox"));
    const option = await screen.findByRole("option", { name: /old-1/ });
    expect(option.textContent).toContain("deprecated");
    expect(document.body.textContent).not.toContain("Use desk-2.");
    fireEvent.pointerMove(option);
    expect(document.body.textContent).toContain("Deprecated since 3 Feb 2024: Use desk-2.");
    await expectNoAxeViolations();
  });

  it("is registered with what is served, whose licence stands where it is chosen", async () => {
    const sent = answerWith({
      [list]: { models: [], total: 0 },
      "GET /api/models": [served],
      "POST /api/models/registry": triage,
    });
    open("new");
    const dialog = within(await screen.findByRole("dialog", { name: "Register a model" }));
    const submit = () =>
      act(
        async () =>
          void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement),
      );
    fireEvent.change(dialog.getByLabelText("Name"), { target: { value: "Ticket Triage" } });
    await submit();
    expect(dialog.getAllByRole("alert").map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("Use lower-case letters"),
      "Choose a model.",
    ]);
    fireEvent.change(dialog.getByLabelText("Name"), { target: { value: "ticket-triage" } });
    await click(dialog.getByRole("combobox"));
    const option = await screen.findByRole("option", { name: /pebble-2m/ });
    expect(option.textContent).toContain("Chat, Apache-2.0");
    await click(option);
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("ticket-triage is registered.");
    expect(sent).toEqual([
      {
        method: "POST",
        path: "/api/models/registry",
        body: { name: "ticket-triage", description: "", servedAs: "pebble-2m" },
      },
    ]);
    expect(pushed).toEqual(["/registry/ticket-triage"]);
  });
});
