// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { RequestsPage } from "@/components/prompts/library/requests-page";
import { NavCount } from "@/components/shell/nav-count";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { asked, at, detail, mira, nobodyWaits } from "./library-pages";
import "../support/patience";

standInForBrowser();

const lists = "GET /api/prompt-moves";
const prompt = { "GET /api/prompts/main.support.ticket_summary/detail": detail };
const open = (search = "") => show(<RequestsPage />, { path: "/prompts/requests", search });
const click = (element: Element) => act(async () => void fireEvent.click(element));
const own = { ...asked, id: "mov_2", may: { decide: false, withdraw: true } };

describe("requests to move aliases", () => {
  it("keep their place, say why they cannot be read, and say so when there are none", async () => {
    answerWith({ [lists]: silence });
    const pending = open();
    expect(screen.getByLabelText("Loading")).toBeTruthy();
    await expectNoAxeViolations();
    pending.unmount();
    let tries = 0;
    answerWith({
      [lists]: () =>
        tries++ === 0 ? new Refusal(503, "unavailable", "The disk is being checked.") : nobodyWaits,
    });
    open();
    await screen.findByText("The disk is being checked.");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("No requests");
    await expectNoAxeViolations();
  });

  it("stand as those to decide and one's own, with what became of them", async () => {
    const rejected = {
      ...own,
      id: "mov_3",
      state: "rejected" as const,
      decidedBy: mira,
      decidedAt: at,
      decision: "After the holidays.",
      may: { decide: false, withdraw: false },
    };
    answerWith({ [lists]: { inbox: [asked], own: [own, rejected], waiting: 1 } });
    open();
    const inbox = within(await screen.findByRole("table", { name: "Requests to decide" }));
    expect(inbox.getByText("v3 → v5")).toBeTruthy();
    expect(inbox.getByText("Dates were promised in 11 replies.")).toBeTruthy();
    await click(inbox.getByRole("button", { name: /^Decide on production v3 → v5/ }));
    expect(window.location.search).toBe("?request=mov_1");
    const mine = within(screen.getByRole("table", { name: "Your requests" }));
    expect(mine.getByText("waiting")).toBeTruthy();
    expect(mine.getByText("rejected")).toBeTruthy();
    expect(mine.getAllByText("Mira: After the holidays.").length).toBeGreaterThan(0);
    expect(screen.getByRole("link", { name: /Requests/ }).textContent).toContain("1 waiting");
    await expectNoAxeViolations();
  });

  it("are approved after both versions and the way to their difference", async () => {
    const sent = answerWith({
      ...prompt,
      [lists]: { inbox: [asked], own: [], waiting: 1 },
      "PUT /api/prompt-moves/mov_1": nobodyWaits,
    });
    open("request=mov_1");
    const dialog = within(await screen.findByRole("dialog", { name: "Move production: v3 → v5?" }));
    await dialog.findByText("Forbid promising dates");
    expect(dialog.getByText("Name the product")).toBeTruthy();
    expect(dialog.getByRole("link", { name: "Compare v3 and v5" }).getAttribute("href")).toBe(
      "/prompts/main.support.ticket_summary?version=5&against=3",
    );
    await expectNoAxeViolations();
    fireEvent.change(dialog.getByLabelText("Comment"), { target: { value: "Read and tried." } });
    await click(dialog.getByRole("button", { name: "Approve" }));
    await screen.findByText("production points to v5 now.");
    expect(sent).toEqual([
      {
        method: "PUT",
        path: "/api/prompt-moves/mov_1",
        body: { decision: "approve", comment: "Read and tried." },
      },
    ]);
  });

  it("are rejected with a comment, and a refusal says that nothing was decided", async () => {
    let tries = 0;
    answerWith({
      ...prompt,
      [lists]: { inbox: [asked], own: [], waiting: 1 },
      "PUT /api/prompt-moves/mov_1": () =>
        tries++ === 0 ? new Refusal(409, "conflict", "This request was withdrawn meanwhile.") : nobodyWaits,
    });
    open("request=mov_1");
    await click(await screen.findByRole("button", { name: "Reject" }));
    expect((await screen.findByRole("alert")).textContent).toBe(
      "Not decided. This request was withdrawn meanwhile.",
    );
    await click(screen.getByRole("button", { name: "Reject" }));
    await screen.findByText("Rejected: Noor sees it.");
  });

  it("cannot be approved once the alias has moved elsewhere", async () => {
    const moved = { ...detail, aliases: [{ alias: "production", version: 4, updatedAt: at }] };
    const sent = answerWith({
      "GET /api/prompts/main.support.ticket_summary/detail": moved,
      [lists]: { inbox: [asked], own: [], waiting: 1 },
    });
    open("request=mov_1");
    await screen.findByText(/production stands at v4 now, not at v3 when this was asked/);
    await click(screen.getByRole("button", { name: "Approve" }));
    expect(sent).toEqual([]);
  });

  it("are withdrawn by their author after a question", async () => {
    const sent = answerWith({
      [lists]: { inbox: [], own: [own], waiting: 0 },
      "PUT /api/prompt-moves/mov_2": nobodyWaits,
    });
    open("request=mov_2");
    await screen.findByRole("dialog", { name: "Withdraw production: v3 → v5?" });
    await expectNoAxeViolations();
    await act(
      async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement),
    );
    await screen.findByText("Request withdrawn.");
    expect(sent.map(({ body }) => body)).toEqual([{ decision: "withdraw" }]);
  });

  it("say so when a link leads to one that is decided or not one's own", async () => {
    answerWith({ [lists]: nobodyWaits });
    open("request=mov_9");
    await screen.findByText("That request is gone, or is not yours to decide.");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("mark decisions as seen once they are shown, and say so when that fails", async () => {
    const decided = { ...own, state: "approved" as const, decidedBy: mira, isNew: true };
    const loaded = { inbox: [], own: [decided], waiting: 1 };
    const sent = answerWith({ [lists]: loaded, "POST /api/prompt-moves/seen": null });
    const first = open();
    await screen.findByText("new");
    await expect.poll(() => sent.map(({ path }) => path)).toEqual(["/api/prompt-moves/seen"]);
    first.unmount();
    answerWith({
      [lists]: loaded,
      "POST /api/prompt-moves/seen": new Refusal(503, "unavailable", "The disk is full."),
    });
    open();
    await screen.findByText(/could not be marked as seen, so they stay new. The disk is full./);
  });
});

it("the count beside Prompts is of what waits there, and nothing while nothing does", async () => {
  answerWith({ [lists]: { ...nobodyWaits, waiting: 3 } });
  const first = show(<NavCount of="prompts" />);
  expect((await screen.findByText("3")).textContent).toBe("3 waiting");
  first.unmount();
  answerWith({ [lists]: nobodyWaits });
  show(<NavCount of="prompts" />);
  await act(async () => undefined);
  expect(screen.queryByText(/waiting/)).toBeNull();
});
