// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { PromptPage } from "@/components/prompts/one/prompt-page";
import type { PromptDetail } from "@/lib/prompts";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { api, at, fullName, mira, moves, noor, prompt, routes } from "./one-pages";
import "../support/patience";

standInForBrowser();

const open = (search = "") =>
  show(<PromptPage name={fullName} admin />, { path: `/prompts/${fullName}`, search });
const click = (element: Element) => act(async () => void fireEvent.click(element));
const submit = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement));
const fill = (label: string, value: string) =>
  fireEvent.change(within(screen.getByRole("dialog")).getByLabelText(label), { target: { value } });
const choose = async (item: RegExp | string, button = "Move alias") => {
  await click(await screen.findByRole("button", { name: button }));
  await click(await screen.findByRole("menuitem", { name: item }));
};
const [moved] = moves;

describe("moving an alias", () => {
  it("shows both ends and what follows, keeps the reason, and is taken back from its toast", async () => {
    const sent = answerWith({
      ...routes(),
      [`PUT ${api}/aliases/production`]: { ...moved, id: "10", from: 3, to: 5 },
      [`POST ${api}/aliases/production/undo`]: { ...moved, id: "11", from: 5, to: 3 },
    });
    open();
    await choose(/^Move production/);
    const dialog = within(await screen.findByRole("dialog", { name: "Move production: v3 → v5" }));
    expect(dialog.getByText("Name the product in the summary")).toBeTruthy();
    expect(dialog.getByText("Forbid promising dates")).toBeTruthy();
    expect(dialog.getByText(/get v5 within 60 s\. Version 3 stays; moving back is one click\./)).toBeTruthy();
    expect(dialog.getByText("Protected alias, you may move it")).toBeTruthy();
    await expectNoAxeViolations();
    fill("Reason, kept in the history", "Dates were promised in 11 replies");
    await submit();
    await screen.findByText("production: v3 → v5");
    await click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText("production: v5 → v3");
    expect(sent.map(({ path, body }) => [path, body])).toEqual([
      [`${api}/aliases/production`, { version: 5, from: 3, why: "Dates were promised in 11 replies" }],
      [`${api}/aliases/production/undo`, { move: "10" }],
    ]);
  });

  it("that somebody was faster with changes nothing and says who", async () => {
    answerWith({
      ...routes(),
      [`PUT ${api}/aliases/production`]: new Refusal(409, "conflict", "Noor moved production to v4."),
    });
    open();
    await choose(/^Move production/);
    await screen.findByRole("dialog");
    await submit();
    expect((await screen.findByRole("alert")).textContent).toBe(
      "Nothing was changed. Noor moved production to v4.",
    );
  });

  it("to where it stands already is not sent before another version is chosen", async () => {
    const sent = answerWith(routes());
    open();
    await choose(/^Move staging/);
    await screen.findByRole("dialog", { name: "Move staging" });
    await submit();
    expect(sent).toEqual([]);
    await click(screen.getByRole("combobox", { name: "To version" }));
    await click(await screen.findByRole("option", { name: /^v2:/ }));
    await screen.findByRole("dialog", { name: "Move staging: v5 → v2" });
  });

  it("is asked for by those who may not do it", async () => {
    const asking: PromptDetail = {
      ...prompt,
      may: { execute: true, modify: true, manage: false, grant: false },
      rules: [{ alias: "production", movers: [{ ...mira, kind: "user" }], approval: true }],
      rights: [
        { alias: "production", move: false, request: true, decide: false },
        { alias: "staging", move: false, request: false, decide: false },
      ],
    };
    const request = {
      id: "mov_1",
      prompt: { id: prompt.id, fullName },
      alias: "production",
      from: 3,
      to: 5,
      version: null,
      why: "",
      requestedBy: noor,
      requestedAt: at,
      state: "pending",
      decidedBy: null,
      decidedAt: null,
      decision: "",
      may: { decide: false, withdraw: true },
      isNew: false,
    };
    const sent = answerWith({ ...routes(asking), [`POST ${api}/aliases/production/requests`]: request });
    open();
    await click(await screen.findByRole("button", { name: "Request move" }));
    const other = await screen.findByRole("menuitem", { name: /^Move staging/ });
    expect(other.textContent).toContain("you may not move it");
    expect(screen.queryByRole("menuitem", { name: /^(New alias|Remove|Protect)/ })).toBeNull();
    await click(screen.getByRole("menuitem", { name: /^Request move of production/ }));
    await screen.findByRole("dialog", { name: "Request move of production: v3 → v5" });
    expect(screen.getByText(/Nothing moves until Mira or whoever has MANAGE approves\./)).toBeTruthy();
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("Requested to move production to v5.");
    expect(sent[0]?.body).toEqual({ version: 5, from: 3, why: "" });
  });
});

describe("an alias", () => {
  it("is new under a name that no other has and that is no version's", async () => {
    const sent = answerWith({
      ...routes(),
      [`PUT ${api}/aliases/canary`]: { ...moved, id: "12", alias: "canary", from: null, to: 5 },
    });
    open();
    await choose("New alias");
    await screen.findByRole("dialog", { name: "New alias" });
    fill("Alias", "staging");
    await submit();
    expect(screen.getByRole("alert").textContent).toBe("There is one of that name. Move it instead.");
    fill("Alias", "v7");
    expect(screen.getByRole("alert").textContent).toContain("it means a version");
    fill("Alias", "canary");
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("canary points to v5");
    expect(sent).toEqual([
      { method: "PUT", path: `${api}/aliases/canary`, body: { version: 5, why: "", from: null } },
    ]);
  });

  it("is removed after it was said that nothing takes its place", async () => {
    const sent = answerWith({
      ...routes(),
      [`DELETE ${api}/aliases/production`]: { ...moved, from: 3, to: null },
    });
    open();
    await choose("Remove production");
    await screen.findByRole("dialog", { name: "Remove production?" });
    expect(
      screen.getByText(/no other version takes its place\. That holds for all who name neither/),
    ).toBeTruthy();
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("production is removed");
    expect(sent[0]?.body).toEqual({ from: 3, why: "" });
  });

  it("is protected by naming who may move it, and is free again", async () => {
    const contractors = {
      id: "grp_1",
      kind: "group",
      name: "contractors",
      handle: "contractors",
      isActive: true,
    };
    const rule = { alias: "staging", movers: [], approval: true };
    const sent = answerWith({
      ...routes(),
      "GET /api/catalog/principals": [contractors],
      [`PUT ${api}/aliases/staging/rule`]: { ...prompt, rules: [...prompt.rules, rule] },
      [`DELETE ${api}/aliases/production/rule`]: { ...prompt, rules: [] },
    });
    const { unmount } = open();
    await choose("Protect staging");
    await screen.findByRole("dialog", { name: "Protect staging" });
    await click(screen.getByRole("combobox", { name: "May move it" }));
    await click(await screen.findByRole("option", { name: /contractors/ }));
    await click(screen.getByRole("switch", { name: "A second one has to approve each move" }));
    expect(screen.getByText(/^contractors may ask for a move; it is made once another mover/)).toBeTruthy();
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("staging is protected.");
    unmount();
    open();
    await choose("Change who may move production");
    await screen.findByRole("dialog", { name: "Who may move production" });
    await click(screen.getByRole("switch", { name: "Protected" }));
    await click(screen.getByRole("button", { name: "Remove protection" }));
    await screen.findByText("production is no longer protected.");
    expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual([
      ["PUT", `${api}/aliases/staging/rule`, { movers: ["grp_1"], approval: true }],
      ["DELETE", `${api}/aliases/production/rule`, undefined],
    ]);
  });

  it("is put back from its history by whoever may", async () => {
    const sent = answerWith({
      ...routes({ ...prompt, pending: 2 }),
      [`POST ${api}/aliases/production/undo`]: { ...moved, id: "10", from: 3, to: 2 },
    });
    open();
    await screen.findByText("Product names were missing");
    expect(screen.getByText(/asked for by Noor/)).toBeTruthy();
    expect(screen.getByText("2 requests waiting")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Undo the move of staging" })).toBeNull();
    await click(screen.getByRole("button", { name: "Undo the move of production" }));
    await screen.findByText("production: v3 → v2");
    expect(sent[0]?.body).toEqual({ move: "9" });
  });
});
