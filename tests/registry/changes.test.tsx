// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ModelPage } from "@/components/registry/model-page";
import type { Dependents, RegisteredModel } from "@/lib/registry";
import { expectNoAxeViolations, pushed, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { first, triage } from "./pages";
import "../support/patience";

standInForBrowser();

const path = "/api/models/registry/mdl_triage";
const routes = (model: RegisteredModel = triage) => ({
  "GET /api/models/registry/model": model,
  [`GET ${path}/versions/1/card`]: { text: null },
  [`GET ${path}/versions/2/card`]: { text: null },
  [`GET ${path}/aliases`]: [],
});
const nothing: Dependents = {
  refusal: null,
  aliases: [],
  approvals: 2,
  pending: 1,
  metrics: 3,
  served: ["gemma-q4"],
  loaded: ["gemma-q4"],
  calls: 41_200,
  alsoIn: [],
  files: { deletion: "may", bytes: 190_000_538 },
  returning: ["gemma-q4"],
};
const board = {
  votes: 5,
  ties: 0,
  bad: 0,
  tasks: [],
  groups: [
    [
      {
        engine: "server",
        model: "gemma-q4",
        score: 1,
        low: 0,
        high: 2,
        rank: [1, 1],
        winRate: 0.5,
        votes: 5,
      },
      { engine: "server", model: "other", score: 1, low: 0, high: 2, rank: [1, 1], winRate: 0.5, votes: 9 },
    ],
  ],
};
const open = (search = "") =>
  show(<ModelPage name="ticket-triage" me={{ id: "usr_mira", admin: true }} />, {
    path: "/registry/ticket-triage",
    search,
  });
const click = (element: Element) => act(async () => void fireEvent.click(element));
const submit = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement));
const fill = (label: string, value: string) =>
  fireEvent.change(within(screen.getByRole("dialog")).getByLabelText(label), { target: { value } });
const pick = async (trigger: string, item: string) => {
  await click(await screen.findByRole("button", { name: trigger }));
  await click(await screen.findByRole("menuitem", { name: item }));
};

describe("deleting a version on its page", () => {
  it("shows what goes and what stays, then sends it, with its files where they were chosen", async () => {
    const sent = answerWith({
      ...routes(),
      [`GET ${path}/versions/2/dependents`]: nothing,
      "GET /api/playground/leaderboard": board,
      [`DELETE ${path}/versions/2`]: { ...triage, versions: [first] },
    });
    open("tab=versions");
    await pick("More for v2", "Delete");
    const dialog = within(await screen.findByRole("dialog", { name: "Delete v2?" }));
    await dialog.findByText("5 votes, which stay");
    for (const words of [
      "3 figures, 2 approvals (1 open)",
      /41,200; it is in the server’s memory/,
      /2 is never given again/,
    ])
      expect(dialog.getByText(words)).toBeTruthy();
    await expectNoAxeViolations();
    await click(dialog.getByRole("switch", { name: /Delete its files too, 190 MB/ }));
    await submit();
    await screen.findByText("v2 is deleted.");
    expect(sent).toEqual([{ method: "DELETE", path: `${path}/versions/2`, body: { files: true } }]);
  });

  it("waits until the alias that points to it is moved, and leads there", async () => {
    const refusal = "champion (v1) points to it. Move or remove the alias first.";
    const sent = answerWith({
      ...routes(),
      [`GET ${path}/versions/1/dependents`]: {
        ...nothing,
        refusal,
        served: [],
        loaded: [],
        returning: [],
        aliases: [{ alias: "champion", version: 1 }],
      },
    });
    open("tab=versions");
    await pick("More for v1", "Delete");
    const dialog = within(await screen.findByRole("dialog", { name: "Delete v1?" }));
    await dialog.findByText(refusal);
    await submit();
    expect(sent).toEqual([]);
    await expectNoAxeViolations();
    await click(dialog.getByRole("button", { name: "Move champion" }));
    await screen.findByRole("dialog", { name: "Move champion: v1 → v2" });
  });

  it("says that it was deleted when its files alone were left", async () => {
    const words = "The version is deleted; its files are not: the disk refused.";
    const left = new Refusal(503, "unavailable", words, [{ path: "files", message: words }]);
    answerWith({
      ...routes(),
      [`GET ${path}/versions/2/dependents`]: { ...nothing, served: [] },
      [`DELETE ${path}/versions/2`]: left,
    });
    open("tab=versions");
    await pick("More for v2", "Delete");
    await screen.findByText(/3 figures/);
    await submit();
    await screen.findByText(words);
    expect(document.body.textContent).not.toContain("Nothing was changed");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says that nothing was changed when it is refused", async () => {
    answerWith({
      ...routes(),
      [`GET ${path}/versions/2/dependents`]: { ...nothing, served: [] },
      [`DELETE ${path}/versions/2`]: new Refusal(409, "conflict", "challenger (v2) points to it."),
    });
    open("tab=versions");
    await pick("More for v2", "Delete");
    await screen.findByText(/3 figures/);
    await submit();
    expect((await screen.findByRole("alert")).textContent).toBe(
      "Nothing was changed. challenger (v2) points to it.",
    );
  });
});

describe("deleting a model on its page", () => {
  it("goes back to the catalogue", async () => {
    const sent = answerWith({
      ...routes({ ...triage, aliases: [] }),
      [`GET ${path}/dependents`]: { ...nothing, served: [], files: { deletion: "must", bytes: 9 } },
      [`DELETE ${path}`]: null,
    });
    open();
    await pick("More for ticket-triage", "Delete");
    await screen.findByText(/deleted with it: what can be called is registered again/);
    await submit();
    await screen.findByText("ticket-triage is deleted.");
    expect(sent[0]?.body).toEqual({ files: true });
    expect(pushed).toContain("/registry");
  });

  it("is what is left to do with one that has no versions, beside adding one", async () => {
    answerWith(routes({ ...triage, versions: [], aliases: [] }));
    open();
    await screen.findByText("ticket-triage has no versions");
    expect(screen.getByRole("button", { name: "Delete model" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Add a version" })).toBeTruthy();
    await expectNoAxeViolations();
  });
});

describe("recording a figure", () => {
  const dialog = async () => {
    await click(await screen.findByRole("button", { name: "Record a figure" }));
    return within(await screen.findByRole("dialog", { name: "Record a figure of v1" }));
  };

  it("says of each field what is wrong with it", async () => {
    const sent = answerWith(routes());
    open("tab=metrics&v=1");
    const form = await dialog();
    await submit();
    for (const words of ["Enter a name.", "Enter a number, such as 0.81.", "Say what measured it."])
      expect(form.getByText(words)).toBeTruthy();
    for (const [label, value] of [
      ["Name", "f1"],
      ["Value", "0,8"],
      ["Rows measured", "2.5"],
      ["Source", "nightly"],
    ] as const)
      fill(label, value);
    expect(form.getByText("Enter a number, such as 0.81.")).toBeTruthy();
    expect(form.getByText("Enter a whole number.")).toBeTruthy();
    fill("Value", "0.8");
    fill("Rows measured", "");
    fill("95 % interval from", "0.81");
    expect(form.getByText("Enter both ends of the interval, or none.")).toBeTruthy();
    fill("95 % interval to", "0.9");
    expect(form.getByText("The value lies outside this interval.")).toBeTruthy();
    await expectNoAxeViolations();
    expect(sent).toEqual([]);
  });

  it("says what it replaces, and sends numbers; what is blank is not sent", async () => {
    const sent = answerWith({ ...routes(), [`POST ${path}/versions/1/metrics`]: triage });
    open("tab=metrics&v=1");
    const form = await dialog();
    fill("Name", " sentiment ");
    expect(form.getByText(/Replaces 65\.3.% from model card\./)).toBeTruthy();
    fill("Value", "0.7");
    fill("Source", "Evaluation of 21 Nov");
    await submit();
    await screen.findByText("sentiment is recorded for v1.");
    expect(sent[0]?.body).toEqual({
      source: "Evaluation of 21 Nov",
      metrics: [{ name: "sentiment", value: 0.7 }],
    });
  });
});

describe("what a change would stop", () => {
  it("is said where approvals become required and an alias points to a version without one", async () => {
    answerWith({ ...routes(), "GET /api/users": [] });
    open();
    await pick("More for ticket-triage", "Edit");
    await screen.findByRole("dialog", { name: "Edit ticket-triage" });
    await click(screen.getByRole("switch", { name: /approved versions only/ }));
    expect(screen.getByText(/Calls of ticket-triage@champion are refused until/)).toBeTruthy();
  });

  it("keeps a group that owns the model, which is no account", async () => {
    const owner = { id: "grp_leads", name: "leads" };
    const sent = answerWith({
      ...routes({ ...triage, owner }),
      "GET /api/users": [],
      [`PATCH ${path}`]: triage,
    });
    open();
    await screen.findByText(/Owner leads\./);
    await pick("More for ticket-triage", "Edit");
    const dialog = within(await screen.findByRole("dialog", { name: "Edit ticket-triage" }));
    await waitFor(() => expect(dialog.getByRole("combobox", { name: "Owner" }).textContent).toBe("leads"));
    await submit();
    await screen.findByText("ticket-triage is changed.");
    expect(sent[0]?.body).not.toHaveProperty("ownerId");
  });

  it("is said where a version is deprecated", async () => {
    answerWith(routes());
    open("tab=versions");
    await pick("More for v1", "Deprecate");
    await screen.findByRole("dialog", { name: "Deprecate v1" });
    expect(screen.getByText(/calls of ticket-triage@champion, ticket-triage@1 are refused/)).toBeTruthy();
  });
});
