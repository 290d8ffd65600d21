// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { GrantDialog } from "@/components/catalog/grant-dialog";
import { ObjectPage } from "@/components/catalog/object-page";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { contractors, grants, mira, noEffect, support, tickets, ticketsRef, tove } from "./pages";
import "../support/patience";

standInForBrowser();

const lookup = "GET /api/catalog/lookup";
const list = "GET /api/catalog/objects/tbl_1/grants";
const previews = "POST /api/catalog/grants/preview";
const change = "PATCH /api/catalog/grants";
const click = (element: Element) => act(async () => void fireEvent.click(element));
const open = (routes: Record<string, unknown>, tab = "permissions") => {
  const sent = answerWith({ [lookup]: tickets, [list]: { entries: grants, isWhole: true }, ...routes });
  show(<ObjectPage name="main.support.tickets" admin />, {
    path: "/catalog/main/support/tickets",
    search: `tab=${tab}`,
  });
  return sent;
};

describe("an object's page", () => {
  it("keeps its place, says why it cannot be read, and tells nothing of what may not be seen", async () => {
    open({ [lookup]: silence });
    expect(screen.getAllByLabelText("Loading").length).toBeGreaterThan(0);
    await expectNoAxeViolations();
  });

  it("says the same of what is missing and of what is hidden, and offers to ask for it", async () => {
    open({ [lookup]: new Refusal(404, "not_found", "It does not exist, or you may not see it.") });
    await screen.findByText("It does not exist, or you may not see it.");
    const link = screen.getByRole("link", { name: "Request access" });
    expect(link.getAttribute("href")).toBe("/access/requests?new=main.support.tickets");
    await expectNoAxeViolations();
  });

  it("can be read again after a failure", async () => {
    let tries = 0;
    open({ [lookup]: () => (tries++ === 0 ? new Refusal(503, "unavailable", "Busy.") : tickets) });
    await click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "tickets", level: 1 })).toBeTruthy();
  });

  it("shows its facts, and leads to why somebody may use it", async () => {
    open({}, "overview");
    await screen.findByText("nightly_sync");
    expect(screen.getAllByText("pii: e-mail").length).toBe(2);
    expect(screen.getByRole("link", { name: "Explain access" }).getAttribute("href")).toBe(
      "/access/explain?object=main.support.tickets&kind=table",
    );
    await expectNoAxeViolations();
  });
});

describe("the permissions of an object", () => {
  it("stand with their source, who granted them and what using it needs", async () => {
    open({});
    const table = await screen.findByRole("table", { name: "Grants on tickets" });
    const [, inherited, direct] = within(table).getAllByRole("row");
    expect(inherited?.textContent).toContain("all_users");
    expect(inherited?.textContent).toContain("inherited from");
    expect(within(inherited as HTMLElement).queryByRole("button")).toBeNull();
    expect(direct?.textContent).toContain("14 members");
    expect(direct?.textContent).toContain("SELECTMODIFY");
    expect(direct?.textContent).toContain("this table");
    await screen.findByText("1 direct, 1 inherited");
    await screen.findByText(/Reading needs USE CATALOG on main, USE SCHEMA on main\.support and SELECT\./);
    await expectNoAxeViolations();
    await click(screen.getByRole("switch", { name: "Show inherited" }));
    expect(within(table).getAllByRole("row")).toHaveLength(2);
    fireEvent.change(screen.getByRole("searchbox", { name: "Find a principal" }), {
      target: { value: "nobody" },
    });
    await screen.findByText("No grant matches.");
  });

  it("are revoked after it was shown who loses what", async () => {
    const loss = { person: tove, privileges: ["MODIFY"], objects: 1, sample: ["main.support.tickets"] };
    const sent = open({
      [previews]: { ...noEffect, losses: [loss], unchanged: 2, people: 3 },
      [change]: { added: 0, removed: 1 },
    });
    await click(await screen.findByRole("button", { name: "Revoke SELECT, MODIFY from contractors" }));
    const dialog = await screen.findByRole("dialog", { name: "Revoke 2 privileges from contractors?" });
    await click(within(dialog).getByRole("checkbox", { name: "SELECT" }));
    await within(dialog).findByText("2 people keep it by another way.");
    expect(within(dialog).getByRole("list", { name: "Who loses what" }).textContent).toContain("Tove");
    await expectNoAxeViolations();
    await click(within(dialog).getByRole("button", { name: "Revoke MODIFY" }));
    await screen.findByText("MODIFY on tickets revoked from contractors.");
    expect(sent.at(-1)).toMatchObject({
      method: "PATCH",
      body: { objectIds: ["tbl_1"], changes: [{ principalId: "grp_1", remove: ["MODIFY"] }] },
    });
  });

  it("without any grant say whose it is and offer one", async () => {
    open({ [list]: { entries: [], isWhole: true } });
    await screen.findByText("Nothing is granted on tickets");
    await expectNoAxeViolations();
  });

  it("can be read as what everybody may really do", async () => {
    open({
      "GET /api/catalog/objects/tbl_1/effective": {
        entries: [
          {
            principal: tove,
            object: ticketsRef,
            privileges: [{ privilege: "SELECT", through: [tove, contractors], at: ticketsRef }],
          },
        ],
        next: null,
      },
    });
    await screen.findByRole("table", { name: "Grants on tickets" });
    await click(screen.getByRole("radio", { name: "Effective rights" }));
    const table = await screen.findByRole("table", { name: "Effective rights on tickets" });
    expect(table.textContent).toContain("through contractors, here");
    await expectNoAxeViolations();
  });
});

describe("a grant", () => {
  const lacking = {
    principal: tove,
    people: 1,
    gaining: 0,
    already: 0,
    as: [],
    lacking: 1,
    missing: [{ need: "USE SCHEMA", on: support, mayGrant: true }],
  };
  const able = { ...lacking, gaining: 1, lacking: 0, missing: [] };
  const gain = { person: tove, privileges: ["SELECT"], objects: 1, sample: ["main.support.tickets"] };
  const stillLacking = [
    { person: tove, privilege: "SELECT", missing: [{ need: "USE SCHEMA", on: support }] },
  ];

  const start = (more: Record<string, unknown> = {}) => {
    const sent = answerWith({
      [list]: { entries: grants, isWhole: true },
      "GET /api/catalog/principals": [contractors, tove, mira],
      [previews]: (body: unknown) =>
        (body as { also?: unknown }).also
          ? { ...noEffect, principals: [able], gains: [gain], people: 1 }
          : { ...noEffect, principals: [lacking], stillLacking, people: 1 },
      [change]: { added: 2, removed: 0 },
      ...more,
    });
    show(<GrantDialog objects={[ticketsRef]} onClose={() => undefined} />);
    return sent;
  };
  const choose = async (name: RegExp) => {
    const field = screen.getByRole("combobox", { name: "To" });
    await click(field);
    await click(await screen.findByRole("option", { name }));
  };

  it("shows who still cannot and what they lack, and grants that besides when it is ticked", async () => {
    const sent = start();
    await expectNoAxeViolations();
    await choose(/Tove/);
    const browse = await screen.findByRole("checkbox", { name: /BROWSE/ });
    expect(browse.getAttribute("data-state")).toBe("checked");
    expect(screen.getByText("has it from main")).toBeTruthy();
    await click(screen.getByRole("checkbox", { name: /SELECT/ }));
    const panel = screen.getByRole("region", { name: "Effect" });
    await within(panel).findByText("still cannot read");
    await within(panel).findByText("nobody can use it yet");
    expect(panel.textContent).toContain("USE SCHEMA");
    await screen.findByText("Writes 1 audit row. Effective on the next request.");
    await click(screen.getByRole("checkbox", { name: /^Also grant USE SCHEMA on main\. ?support to Tove/ }));
    await within(panel).findByText("1 person gains SELECT");
    await within(panel).findByText("can read after this");
    await screen.findByText("Writes 2 audit rows. Effective on the next request.");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Grant SELECT" }));
    await screen.findByText("SELECT on tickets granted to Tove.");
    expect(sent.at(-1)).toMatchObject({
      path: "/api/catalog/grants",
      body: {
        objectIds: ["tbl_1"],
        changes: [{ principalId: "usr_2", add: ["SELECT"] }],
        also: [{ objectId: "sch_support", changes: [{ principalId: "usr_2", add: ["USE SCHEMA"] }] }],
      },
    });
  });

  it("is not sent before somebody and something are chosen", async () => {
    const sent = start();
    const button = screen.getByRole("button", { name: "Grant" });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    await click(button);
    expect(sent).toEqual([]);
  });

  it("does not offer what the chosen group has already", async () => {
    start();
    await choose(/contractors/);
    const select = await screen.findByRole("checkbox", { name: /SELECT/ });
    expect(select.hasAttribute("disabled")).toBe(true);
    expect(screen.getAllByText("has it from a grant here")).toHaveLength(2);
  });

  it("that is refused says that nothing was granted", async () => {
    start({ [change]: new Refusal(409, "conflict", "Somebody else changed it.") });
    await choose(/Tove/);
    await click(screen.getByRole("checkbox", { name: /SELECT/ }));
    await screen.findByText("still cannot read");
    await click(screen.getByRole("button", { name: "Grant SELECT" }));
    await screen.findByText("Nothing was granted. Somebody else changed it.");
  });
});
