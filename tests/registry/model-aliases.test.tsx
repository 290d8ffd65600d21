// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { click, fill, open, path, routes, submit } from "./model-page";
import { first, move, second, triage } from "./pages";
import "../support/patience";

standInForBrowser();

describe("an alias on the page", () => {
  it("is moved from where it was seen, and the move taken back from its toast", async () => {
    const sent = answerWith({
      ...routes(),
      [`PUT ${path}/aliases/champion`]: { ...move, id: "8", from: 1, to: 2 },
      [`POST ${path}/aliases/champion/undo`]: { ...move, id: "9", from: 2, to: 1 },
    });
    open("tab=aliases");
    await click(await screen.findByRole("button", { name: "Set an alias" }));
    await screen.findByRole("dialog", { name: "Set an alias" });
    fill("Alias", "Champion!");
    await submit();
    expect(screen.getByRole("alert").textContent).toBe("Use a–z, 0–9, _, . and -, 36 at most.");
    fill("Alias", "champion");
    fill("Why", "Better.");
    expect(screen.getByText(/stands at v1/)).toBeTruthy();
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("champion now points to v2");
    await click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText("champion now points to v1");
    expect(sent.map(({ path, body }) => [path.split("/").at(-1), body])).toEqual([
      ["champion", { version: 2, from: 1, why: "Better." }],
      ["undo", { move: "8" }],
    ]);
  });

  it("that somebody moved meanwhile stays, and the dialog says so", async () => {
    answerWith({
      ...routes(),
      [`PUT ${path}/aliases/champion`]: new Refusal(409, "conflict", "Noor moved champion meanwhile."),
    });
    open("tab=aliases");
    await click(await screen.findByRole("button", { name: "Move champion" }));
    await screen.findByRole("dialog", { name: "Move champion: v1 → v2" });
    await submit();
    expect((await screen.findByRole("alert")).textContent).toBe(
      "Nothing was changed. Noor moved champion meanwhile.",
    );
  });

  it("is rolled back in one click from its history, by whoever may", async () => {
    const earlier = { ...move, id: "5", from: 1, to: 2, isLast: false };
    const last = { ...move, id: "6", from: 2, to: 1 };
    const sent = answerWith({
      ...routes(),
      [`GET ${path}/aliases`]: [last, earlier],
      [`POST ${path}/aliases/champion/undo`]: { ...move, from: 1, to: 2 },
    });
    open("tab=aliases");
    await click(await screen.findByRole("button", { name: "Back to v2" }));
    await screen.findByText("champion now points to v2");
    expect(sent).toEqual([{ method: "POST", path: `${path}/aliases/champion/undo`, body: { move: "6" } }]);
    expect(screen.queryByRole("button", { name: "Back to v1" })).toBeNull();
    await expectNoAxeViolations();
  });

  it("is not moved to a version that cannot be called, and says why", async () => {
    const why = "v2 cannot be called: nothing is served as gemma-q4 now.";
    const gone = { ...second, state: "missing" as const, unfit: { kind: "missing" as const, why } };
    const sent = answerWith({
      ...routes({ ...triage, versions: [gone, first] }),
      [`GET ${path}/aliases`]: [{ ...move, from: 2, to: 1 }],
    });
    open("tab=aliases");
    const back = await screen.findByRole("button", { name: "Back to v2" });
    expect(back.getAttribute("aria-disabled")).toBe("true");
    await click(back);
    await click(screen.getByRole("button", { name: "Set an alias" }));
    const dialog = within(await screen.findByRole("dialog"));
    fill("Alias", "challenger");
    expect(dialog.getByText(why)).toBeTruthy();
    expect(dialog.getByRole("button", { name: /^Set alias/ }).getAttribute("aria-disabled")).toBe("true");
    await submit();
    expect(sent).toEqual([]);
    await expectNoAxeViolations();
  });

  it("says in its row why calls by it are refused", async () => {
    const unfit = { kind: "license" as const, why: "The licence of v1 (gemma) is not accepted yet." };
    answerWith(routes({ ...triage, versions: [second, { ...first, unfit }] }));
    open("tab=aliases");
    const row = within(await screen.findByRole("row", { name: /champion v1/ }));
    expect(row.getByTitle(unfit.why).textContent).toContain("licence not accepted");
    await expectNoAxeViolations();
  });

  it("is removed after its effect was shown", async () => {
    const sent = answerWith({
      ...routes(),
      [`DELETE ${path}/aliases/champion`]: { ...move, from: 1, to: null },
    });
    open("tab=aliases");
    await click(await screen.findByRole("button", { name: "Remove champion" }));
    await screen.findByText(/answered that there is no\s+such alias/);
    await submit();
    await screen.findByText("champion is removed");
    expect(sent[0]?.body).toEqual({ from: 1 });
  });
});
