// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { RequestsPage } from "@/components/access/requests-page";
import type { AccessRequest } from "@/lib/catalog";
import { around, at, effect, mira, none, noor, support, tickets } from "./access";
import { expectNoAxeViolations, show, standInForBrowser } from "./page";
import { answerWith, Refusal } from "./server";
import "../support/patience";

standInForBrowser();

const request: AccessRequest = {
  id: "req_1",
  name: tickets.fullName,
  object: tickets,
  requester: noor,
  privileges: ["SELECT"],
  comment: "For the weekly report",
  createdAt: at,
  state: "pending",
  decidedBy: null,
  decidedAt: null,
  decision: "",
  isNew: false,
};

describe("requests", () => {
  const open = (lists: unknown, routes: Record<string, unknown> = {}, query = "") => {
    const sent = answerWith({
      ...around,
      "POST /api/catalog/requests/seen": null,
      ...routes,
      "GET /api/catalog/requests": lists,
    });
    show(<RequestsPage />, { path: "/access/requests", search: query });
    return sent;
  };

  it("say so when there are none, and fail with another try", async () => {
    open(none);
    await screen.findByRole("heading", { name: "No requests" });
    await expectNoAxeViolations();
    open(new Refusal(500, "internal", "It broke."));
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("are decided after their effect, with what else is granted", async () => {
    const sent = open(
      { ...none, inbox: [request], waiting: 1 },
      {
        "GET /api/catalog/requests/req_1/effect": {
          also: [{ privilege: "USE SCHEMA", on: support }],
          alone: effect,
          together: effect,
        },
        "PUT /api/catalog/requests/req_1/decision": none,
      },
    );
    fireEvent.click(await screen.findByRole("button", { name: /^Decide the request of Noor/ }));
    await screen.findByText(/Also grants USE SCHEMA on main.support/);
    await expectNoAxeViolations();
    fireEvent.click(screen.getByRole("button", { name: "Grant" }));
    await screen.findByText("Decided: Noor sees it.");
    expect(sent.find(({ method }) => method === "PUT")?.body).toEqual({
      decision: "grant",
      comment: "",
      withPreconditions: true,
    });
  });

  it("mark decisions as seen once they are shown, and are taken back after a question", async () => {
    const granted = {
      ...request,
      id: "req_2",
      state: "granted" as const,
      decidedBy: mira,
      decision: "Until May.",
      isNew: true,
    };
    const sent = open(
      { ...none, own: [request, granted], waiting: 1 },
      { "DELETE /api/catalog/requests/req_1": none },
    );
    await screen.findByText("Mira: Until May.");
    expect(sent.map(({ path }) => path)).toContain("/api/catalog/requests/seen");
    fireEvent.click(screen.getByRole("button", { name: /^Withdraw the request/ }));
    fireEvent.click(await screen.findByRole("button", { name: /^Withdraw request/ }));
    await screen.findByText("Request withdrawn.");
  });

  it("are made in a dialog that the address fills in and that promises nothing", async () => {
    const sent = open(
      none,
      { "POST /api/catalog/requests": request },
      "new=main.support.tickets&kind=table&privilege=MODIFY",
    );
    await screen.findByText(/see this request if the object exists/);
    expect(screen.getByRole("checkbox", { name: "MODIFY" }).getAttribute("aria-checked")).toBe("true");
    await expectNoAxeViolations();
    fireEvent.click(screen.getByRole("button", { name: /^Send request/ }));
    await screen.findByText("Request sent.");
    expect(
      sent.find(({ path, method }) => method === "POST" && path === "/api/catalog/requests")?.body,
    ).toMatchObject({
      name: "main.support.tickets",
      kind: "table",
      privileges: ["MODIFY"],
    });
  });
});
