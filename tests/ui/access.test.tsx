// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ExplainPage } from "@/components/access/explain-page";
import { graphOf } from "@/components/access/graph-layout";
import { RightsPage } from "@/components/access/rights-page";
import type { Explanation } from "@/lib/catalog";
import { around, at, effect, main, mira, noor, reader, support, tickets } from "./access";
import { expectNoAxeViolations, show, standInForBrowser } from "./page";
import { answerWith, Refusal, silence } from "./server";
import "../support/patience";

standInForBrowser();

const groupOf = (id: string, members: number) => ({
  id,
  kind: "group" as const,
  name: id,
  handle: id,
  isActive: true,
  members,
});
const [everybody, reviewers, agents] = [
  groupOf("all_users", 60),
  groupOf("reviewers", 7),
  groupOf("agents", 46),
];
const refused: Explanation = {
  allow: false,
  principal: noor,
  privilege: "SELECT",
  object: tickets,
  path: [main, support, tickets].map((each) => ({ ...each, owner: mira })),
  groups: [
    { group: everybody, through: [noor, everybody] },
    { group: reviewers, through: [noor, reviewers] },
    { group: agents, through: [noor, reviewers, agents] },
  ],
  isInactive: false,
  conditions: [
    {
      need: "USE CATALOG",
      on: main,
      met: true,
      evidence: { through: [noor, everybody], at: main, as: "USE CATALOG", grantedBy: mira, grantedAt: at },
    },
    {
      need: "USE SCHEMA",
      on: support,
      met: true,
      evidence: {
        through: [noor, reviewers, agents],
        at: support,
        as: "USE SCHEMA",
        grantedBy: mira,
        grantedAt: at,
      },
    },
    { need: "SELECT", on: tickets, met: false, looked: 12 },
  ],
  owning: [tickets],
  fixes: [
    {
      principal: noor,
      grants: [{ privilege: "SELECT", on: tickets }],
      othersGaining: 0,
      otherObjects: 0,
      mayGrant: true,
    },
    {
      principal: reviewers,
      grants: [{ privilege: "SELECT", on: tickets }],
      othersGaining: 7,
      otherObjects: 0,
      mayGrant: true,
    },
    {
      principal: noor,
      grants: [{ privilege: "SELECT", on: support }],
      othersGaining: 0,
      otherObjects: 3,
      mayGrant: true,
    },
  ],
  granters: [{ principal: mira, because: "owner of main.support" }],
  epoch: "1882",
  mayGrant: true,
};
const search = `principal=${noor.handle}&privilege=SELECT&object=${tickets.fullName}&kind=table`;
const explain = (routes: Record<string, unknown>, query = search) => {
  const sent = answerWith({ ...around, ...routes });
  show(<ExplainPage reader={reader} />, { path: "/access/explain", search: query });
  return sent;
};

describe("one answer", () => {
  it("begins with the word, and lists every condition with its source", async () => {
    explain({ "GET /api/catalog/explain": refused });
    await screen.findByRole("heading", { name: "No. One of three conditions is missing." });
    const items = within(screen.getByRole("list", { name: "Conditions" })).getAllByRole("listitem");
    expect(items).toHaveLength(4);
    expect(items[1]?.textContent).toContain("Noor is in reviewers, which is in agents.");
    expect(items[2]?.textContent).toContain(
      "Looked for on this table, on main.support and on main, for Noor and 3 groups: 12 places, no grant.",
    );
    expect(items[3]?.textContent).toContain("not needed");
    expect(screen.getByText("7 people gain it")).toBeTruthy();
    expect(screen.getByText("3 objects more")).toBeTruthy();
    expect(screen.getByText("you")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("grants the smallest fix after its effect was shown", async () => {
    const sent = explain({
      "GET /api/catalog/explain": refused,
      "POST /api/catalog/grants/preview": effect,
      "PATCH /api/catalog/grants": { added: 1, removed: 0 },
    });
    fireEvent.click(await screen.findByRole("button", { name: "Grant to Noor" }));
    await screen.findByText("1 person gains");
    await expectNoAxeViolations();
    fireEvent.click(screen.getByRole("button", { name: /^Grant SELECT/ }));
    await screen.findByText("SELECT granted to Noor.");
    expect(sent.find(({ method }) => method === "PATCH")).toMatchObject({
      method: "PATCH",
      body: { objectIds: ["tbl_1"], changes: [{ principalId: "usr_noor", add: ["SELECT"] }] },
    });
  });

  it("offers a request where the reader asks about themselves and may not grant", async () => {
    const own = {
      ...refused,
      principal: mira,
      mayGrant: false,
      fixes: [{ ...refused.fixes[0], principal: mira, mayGrant: false }],
    };
    explain({ "GET /api/catalog/explain": own }, search.replace(noor.handle, reader.email));
    const link = await screen.findByRole("link", { name: "Request access" });
    expect(link.getAttribute("href")).toBe(
      "/access/requests?new=main.support.tickets&kind=table&privilege=SELECT",
    );
    expect(screen.queryByRole("button", { name: /^Grant to/ })).toBeNull();
  });

  it("tells hidden from refused, and asks for an object first", async () => {
    explain({
      "GET /api/catalog/explain": new Refusal(404, "not_found", "It does not exist, or you may not see it."),
    });
    await screen.findByText("It does not exist, or you may not see it.");
    expect(screen.getByRole("link", { name: "Request access" })).toBeTruthy();
  });

  it("waits, and fails with another try", async () => {
    explain({ "GET /api/catalog/explain": silence });
    expect(screen.queryByRole("alert")).toBeNull();
    explain({ "GET /api/catalog/explain": new Refusal(500, "internal", "It broke.") });
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
    explain({}, "");
    await screen.findByText("Choose an object above");
  });
});

describe("the graph", () => {
  it("draws a group once, below the member it is reached through, and labels no two edges in one place", () => {
    const { principals, edges } = graphOf(refused);
    expect(principals.map(({ principal, from }) => `${principal.name} ${from}`)).toEqual([
      "Noor null",
      "reviewers 0",
      "agents 1",
    ]);
    expect(edges.map(({ label, met }) => `${met} ${label}`)).toEqual([
      "true all_users · USE CATALOG",
      "true USE SCHEMA",
      "false no SELECT",
    ]);
    for (const a of edges) {
      for (const b of edges) {
        if (a !== b) expect(Math.abs(a.at.y - b.at.y) >= 22 || Math.abs(a.at.x - b.at.x) > 0.5).toBe(true);
      }
    }
  });
});

describe("all privileges and what if", () => {
  it("answer every privilege with where it comes from or what is missing", async () => {
    const answers = [
      {
        privilege: "SELECT",
        allow: true,
        through: [noor, agents],
        at: support,
        as: "ALL PRIVILEGES",
        missing: [],
      },
      {
        privilege: "MODIFY",
        allow: false,
        through: [],
        at: null,
        as: null,
        missing: [{ need: "MODIFY", on: tickets }],
      },
    ];
    explain(
      { "GET /api/catalog/explain/all": { principal: noor, object: tickets, answers } },
      `${search}&view=all`,
    );
    await screen.findByText("ALL PRIVILEGES granted to agents on main.support");
    expect(screen.getByText("MODIFY on main.support.tickets is missing")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("show who would lose what before anything is revoked", async () => {
    const object = {
      ...tickets,
      path: [main, support],
      owner: mira,
      comment: "",
      properties: {},
      details: {},
      tags: [],
      createdBy: null,
      createdAt: at,
      updatedBy: null,
      updatedAt: at,
      revision: 1,
      may: { manage: true, grant: true, tag: true, create: [], privileges: [] },
    };
    const entry = {
      principal: noor,
      privilege: "SELECT",
      at: tickets,
      isInherited: false,
      grantedBy: mira,
      grantedAt: at,
    };
    const sent = explain(
      {
        "GET /api/catalog/lookup": object,
        "GET /api/catalog/objects/tbl_1/grants": { entries: [entry], isWhole: true },
        "POST /api/catalog/grants/preview": { ...effect, gains: [], losses: effect.gains },
      },
      `${search}&view=what-if`,
    );
    fireEvent.click(
      await screen.findByRole("button", { name: "Show the effect of revoking SELECT from Noor" }),
    );
    await screen.findByText("1 person loses");
    expect(sent.map(({ method }) => method)).toEqual(["POST"]);
    await expectNoAxeViolations();
  });
});

describe("rights", () => {
  it("list objects with privileges and the group they come through", async () => {
    const entries = [
      {
        principal: mira,
        object: tickets,
        privileges: [{ privilege: "SELECT", through: [mira, agents], at: support }],
      },
    ];
    answerWith({
      ...around,
      "GET /api/catalog/principals/mira%40desk.example/effective": { entries, next: null },
    });
    show(<RightsPage reader={reader} />, { path: "/access/rights" });
    await screen.findByText("agents, on main.support");
    await expectNoAxeViolations();
  });

  it("are one’s own for members, with the way to ask when there are none", async () => {
    answerWith({
      ...around,
      "GET /api/catalog/principals/mira%40desk.example/effective": { entries: [], next: null },
    });
    show(<RightsPage reader={{ ...reader, admin: false }} />, {
      path: "/access/rights",
      search: "principal=noor@desk.example",
    });
    await screen.findByText("You can use nothing yet");
    expect(screen.queryByRole("button", { name: /whose rights/ })).toBeNull();
  });
});
