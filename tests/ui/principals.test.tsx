// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { AllKeysPage } from "@/components/people/all-keys-page";
import { AllSessionsPage } from "@/components/people/all-sessions-page";
import { GroupPage } from "@/components/people/group-page";
import { GroupsPage } from "@/components/people/groups-page";
import { PersonPage } from "@/components/people/person-page";
import { ServicePrincipalPage } from "@/components/people/service-principal-page";
import { ServicePrincipalsPage } from "@/components/people/service-principals-page";
import { SsoPage } from "@/components/people/sso-page";
import { expectNoAxeViolations, pushed, show, standInForBrowser } from "./page";
import { answerWith, Refusal, silence } from "./server";
import "../support/patience";

standInForBrowser();

const at = "2026-11-20T09:11:00.000Z";
const later = "2099-01-01T00:00:00.000Z";
const noor = { id: "usr_2", kind: "person", name: "Noor" };
const robot = { id: "usr_3", kind: "service", name: "nightly-import" };
const summary = {
  id: "grp_1",
  name: "Support",
  description: "Tickets",
  externalName: "support-team",
  members: { people: 2, services: 1, groups: 1 },
  updatedAt: at,
  revision: 3,
};
const inner = { id: "grp_2", name: "Inner" };
const group = {
  ...summary,
  createdAt: at,
  effectiveCount: 3,
  members: [
    { ...noor, source: "sso", addedAt: at, disabled: false },
    { ...robot, source: "manual", addedAt: at, disabled: true },
    { ...inner, kind: "group", source: "manual", addedAt: at, memberCount: 1 },
  ],
  memberOf: [
    { id: "grp_3", name: "Desk", source: "manual", through: [] },
    { id: "grp_4", name: "All desks", source: null, through: [{ id: "grp_3", name: "Desk" }] },
  ],
};
const service = {
  id: robot.id,
  applicationId: "123e4567-e89b-42d3-a456-426614174000",
  name: robot.name,
  state: "active",
  createdAt: at,
  createdBy: noor,
  keys: 1,
  groups: 1,
  lastUsedAt: null,
  revision: 1,
};
const key = {
  id: "Ab3dE5gH7jK9",
  name: "cron",
  createdAt: at,
  expiresAt: later,
  lastUsedAt: null,
  scopes: { privileges: ["BROWSE", "EXECUTE", "SELECT"], securables: ["main.support.chat"] },
};
const session = {
  id: "ses_2",
  ip: "10.0.0.7",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  createdAt: at,
  lastSeenAt: at,
  expiresAt: later,
  current: false,
};
const person = {
  id: noor.id,
  email: "noor@desk.example",
  name: noor.name,
  role: "admin",
  roleSource: "sso",
  state: "active",
  createdAt: at,
  lastSeenAt: at,
  memberships: group.memberOf,
};
const sso = {
  configured: true,
  settings: [
    { name: "OIDC_ISSUER", value: "https://id.example", fromEnvironment: true },
    { name: "OIDC_ADMIN_GROUP", value: null, fromEnvironment: false },
  ],
  redirectUri: "http://127.0.0.1:3000/api/auth/callback/oidc",
  reach: { ok: false, why: "It answered 502.", ms: 12 },
  groups: [{ id: "grp_1", name: "Support", externalName: "support-team", members: 4, last: "added" }],
  lastSignIn: {
    at,
    person: noor,
    values: 2,
    unmatched: ["elsewhere"],
    ignored: null,
    groups: { grp_1: "added" },
  },
};
const revocation = {
  principal: noor,
  disabled: false,
  counts: [
    { noun: "sessions", count: 2 },
    { noun: "keys", count: 1 },
  ],
  ssoGroups: 1,
};

interface Case {
  name: string;
  page: ReactNode;
  route: string;
  loaded: unknown;
  others?: Record<string, unknown>;
  shows: (string | RegExp)[];
  failed: string;
  empty?: [unknown, string];
}

const cases: Case[] = [
  {
    name: "groups",
    page: <GroupsPage />,
    route: "GET /api/groups",
    loaded: { groups: [summary], total: 1 },
    shows: ["Support", "support-team", "1 group"],
    failed: "Groups could not be read",
    empty: [{ groups: [], total: 0 }, "No groups yet"],
  },
  {
    name: "service principals",
    page: <ServicePrincipalsPage />,
    route: "GET /api/service-principals",
    loaded: [service],
    shows: ["nightly-import", "123e4567…", "active"],
    failed: "Service principals could not be read",
    empty: [[], "No service principals yet"],
  },
  {
    name: "everybody's keys",
    page: <AllKeysPage />,
    route: "GET /api/keys/all",
    loaded: { keys: [{ ...key, owner: robot }], total: 812 },
    shows: ["cron", "BROWSE, EXECUTE +1 on main.support.chat", /The first 1 of 812 keys/],
    failed: "Keys could not be read",
    empty: [{ keys: [], total: 0 }, "Nobody has a key"],
  },
  {
    name: "everybody's sessions",
    page: <AllSessionsPage ownId="usr_1" />,
    route: "GET /api/sessions/all",
    loaded: { sessions: [{ ...session, owner: noor }], total: 1 },
    shows: ["Noor", "Firefox on Linux", "10.0.0.7"],
    failed: "Sessions could not be read",
    empty: [{ sessions: [], total: 0 }, "No session matches"],
  },
  {
    name: "single sign-on",
    page: <SsoPage />,
    route: "GET /api/sso",
    loaded: sso,
    shows: [/It answered 502/, "from the environment", "not set", "Noor put in", "elsewhere"],
    failed: "The settings could not be read",
    empty: [{ ...sso, configured: false, reach: null }, "Single sign-on is not set up"],
  },
  {
    name: "one group",
    page: <GroupPage id="grp_1" />,
    route: "GET /api/groups/grp_1",
    loaded: group,
    shows: ["3 effective members", "nightly-import", "deactivated", "All desks", "through"],
    failed: "The group could not be read",
    empty: [{ ...group, members: [], memberOf: [] }, "Nobody is in it yet"],
  },
  {
    name: "one person",
    page: <PersonPage id="usr_2" ownId="usr_1" />,
    route: "GET /api/users/usr_2",
    loaded: person,
    others: { "GET /api/principals/usr_2/keys": [key], "GET /api/principals/usr_2/sessions": [session] },
    shows: ["Administrator", "single sign-on", "cron", "Firefox on Linux", "All desks"],
    failed: "The person could not be read",
  },
  {
    name: "one service principal",
    page: <ServicePrincipalPage id="usr_3" />,
    route: "GET /api/service-principals/usr_3",
    loaded: { ...service, memberships: [] },
    others: { "GET /api/principals/usr_3/keys": [] },
    shows: [service.applicationId, /nothing can act as it/, "nightly-import is in no group."],
    failed: "The service principal could not be read",
  },
];

describe.each(cases)("$name", ({ page, route, loaded, others = {}, shows, failed, empty }) => {
  it("keeps its place while it loads", async () => {
    answerWith({ ...others, [route]: silence });
    show(page);
    expect(screen.getByLabelText("Loading")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("says what failed and reads it again when asked", async () => {
    let answers = 0;
    answerWith({
      ...others,
      [route]: () => (answers++ === 0 ? new Refusal(503, "unavailable", "The database sleeps.") : loaded),
    });
    show(page);
    await screen.findByText(failed);
    await expectNoAxeViolations();
    screen.getByRole("button", { name: "Try again" }).click();
    expect((await screen.findAllByText(shows[0] ?? "")).length).toBeGreaterThan(0);
  });

  it("shows what there is", async () => {
    answerWith({ ...others, [route]: loaded });
    show(page);
    for (const words of shows) expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
    await expectNoAxeViolations();
  });

  it.runIf(empty)("names the next step when there is nothing", async () => {
    answerWith({ ...others, [route]: empty?.[0] });
    show(page);
    await screen.findByText(empty?.[1] ?? "");
    await expectNoAxeViolations();
  });
});

describe("a group's members", () => {
  it("open in place where they are groups", async () => {
    answerWith({
      "GET /api/groups/grp_1": group,
      "GET /api/groups/grp_2": {
        ...group,
        ...inner,
        members: [
          { id: "usr_9", kind: "person", name: "Ana", source: "manual", addedAt: at, disabled: false },
        ],
      },
    });
    show(<GroupPage id="grp_1" />);
    const opener = await screen.findByRole("button", { name: "Show who is in Inner" });
    expect(opener.getAttribute("aria-expanded")).toBe("false");
    fireEvent.click(opener);
    expect(await screen.findByRole("link", { name: "Ana" })).toBeTruthy();
    // Whoever is in the inner group is changed there.
    expect(screen.queryByRole("checkbox", { name: "Choose Ana" })).toBeNull();
    await expectNoAxeViolations();
  });

  it("are taken out together, after it is said whom single sign-on brings back", async () => {
    const sent = answerWith({
      "GET /api/groups/grp_1": group,
      "DELETE /api/groups/grp_1/members": group,
    });
    show(<GroupPage id="grp_1" />);
    fireEvent.click(await screen.findByRole("checkbox", { name: "Choose Noor" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "Choose nightly-import" }));
    fireEvent.click(screen.getByRole("button", { name: "Take out" }));
    const dialog = await screen.findByRole("dialog", { name: "Take 2 members out of Support?" });
    expect(within(dialog).getByText(/1 of them/)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole("button", { name: "Take out" }));
    await screen.findByText(/2 members are out of Support/);
    expect(sent).toEqual([
      { method: "DELETE", path: "/api/groups/grp_1/members", body: { ids: ["usr_2", "usr_3"] } },
    ]);
  });
});

describe("a new group", () => {
  it("is refused by its dialog in words where its name is taken or reserved", async () => {
    const message = "There is a group “Support” already.";
    const sent = answerWith({
      "GET /api/groups": { groups: [], total: 0 },
      "POST /api/groups": new Refusal(409, "conflict", message, [{ path: "name", message }]),
    });
    show(<GroupsPage />, { path: "/people/groups", search: "new" });
    const dialog = await screen.findByRole("dialog", { name: "New group" });
    const name = within(dialog).getByLabelText("Name");
    fireEvent.change(name, { target: { value: "Admins" } });
    fireEvent.click(within(dialog).getByRole("button", { name: /^Make group/ }));
    await within(dialog).findByText(/built in/);
    expect(sent).toEqual([]);
    fireEvent.change(name, { target: { value: "support" } });
    fireEvent.click(within(dialog).getByRole("button", { name: /^Make group/ }));
    await within(dialog).findByText(message);
    expect(sent[0]?.body).toEqual({ name: "support", description: "", externalName: null });
    expect(pushed).toEqual([]);
    await expectNoAxeViolations();
  });
});

describe("revoking everything", () => {
  it("shows what ends before the button, and sends whether the account goes too", async () => {
    const sent = answerWith({
      "GET /api/users/usr_2": person,
      "GET /api/principals/usr_2/keys": [],
      "GET /api/principals/usr_2/sessions": [],
      "GET /api/principals/usr_2/revocation": revocation,
      "POST /api/principals/usr_2/revocation": { ...revocation, disabled: true },
    });
    show(<PersonPage id="usr_2" ownId="usr_1" />);
    fireEvent.click(await screen.findByRole("button", { name: "Revoke everything" }));
    const dialog = await screen.findByRole("dialog", { name: "Revoke everything of Noor?" });
    expect((await within(dialog).findByText("Sessions")).parentElement?.textContent).toBe("Sessions2");
    expect(within(dialog).getByText(/1 membership through single sign-on stays/)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole("switch"));
    await expectNoAxeViolations();
    fireEvent.click(within(dialog).getByRole("button", { name: "Revoke everything" }));
    await screen.findByText("Noor: 2 sessions, 1 key ended, and the account is deactivated.");
    expect(sent[0]?.body).toEqual({ deactivate: true });
  });

  it("of oneself offers no deactivation", async () => {
    answerWith({
      "GET /api/users/usr_2": person,
      "GET /api/principals/usr_2/keys": [],
      "GET /api/principals/usr_2/sessions": [],
      "GET /api/principals/usr_2/revocation": revocation,
    });
    show(<PersonPage id="usr_2" ownId="usr_2" />);
    fireEvent.click(await screen.findByRole("button", { name: "Revoke everything" }));
    expect(await screen.findByText(/You cannot deactivate yourself/)).toBeTruthy();
    expect(screen.queryByRole("switch")).toBeNull();
  });
});
