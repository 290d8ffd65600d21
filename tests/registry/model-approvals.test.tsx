// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import { answerWith } from "../ui/server";
import { click, fill, open, path, routes, submit } from "./model-page";
import { at, first, noor, second, triage } from "./pages";
import "../support/patience";

standInForBrowser();

describe("an approval on the page", () => {
  const pending = {
    id: "apr_1",
    state: "pending" as const,
    requestedBy: noor,
    requestedAt: at,
    comment: "Tried on 40 tickets.",
    decidedBy: null,
    decidedAt: null,
    decision: "",
  };
  const waiting = { ...triage, versions: [{ ...second, approvals: [pending] }, first] };

  it("is decided with a comment by whoever manages the model", async () => {
    const sent = answerWith({ ...routes(waiting), [`PATCH ${path}/versions/2/approval`]: waiting });
    open("tab=approval");
    await click(await screen.findByRole("button", { name: "Decide" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Decide on v2" }));
    expect(dialog.getByText("Tried on 40 tickets.")).toBeTruthy();
    expect(dialog.queryByLabelText("Withdraw")).toBeNull();
    await click(dialog.getByLabelText("Reject"));
    fill("Comment", "Not yet.");
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("v2 is rejected.");
    expect(sent[0]?.body).toEqual({ state: "rejected", comment: "Not yet." });
  });

  it("is withdrawn by whoever asked, who decides nothing else", async () => {
    const sent = answerWith({
      ...routes({ ...waiting, may: { manage: false, import: false } }),
      [`PATCH ${path}/versions/2/approval`]: waiting,
    });
    open("tab=approval", { id: noor.id, admin: false });
    await click(await screen.findByRole("button", { name: "Withdraw" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getAllByRole("radio")).toHaveLength(1);
    await submit();
    await screen.findByText("v2 is withdrawn.");
    expect(sent[0]?.body).toEqual({ state: "withdrawn", comment: "" });
  });

  it("says who decided and what they said", async () => {
    const approved = {
      ...pending,
      state: "approved" as const,
      decidedBy: noor,
      decidedAt: at,
      decision: "Fine.",
    };
    answerWith(routes({ ...triage, versions: [{ ...second, approvals: [approved] }, first] }));
    open("tab=approval");
    await screen.findByText("Fine.");
    expect(screen.getByText(/who asked: nobody else could decide/)).toBeTruthy();
    await expectNoAxeViolations();
  });
});
