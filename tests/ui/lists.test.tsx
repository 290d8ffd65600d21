// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import type { ComponentType } from "react";
import { describe, expect, it } from "vitest";
import { AccountPage } from "@/components/account/account-page";
import { ConnectionsPage } from "@/components/connections/connections-page";
import { KeysPage } from "@/components/keys/keys-page";
import { PeoplePage } from "@/components/people/people-page";
import { expectNoAxeViolations, show, standInForBrowser } from "./page";
import { answerWith, Refusal, silence } from "./server";
import "../support/patience";

standInForBrowser();

const at = "2026-11-20T09:11:00.000Z";
const later = "2099-01-01T00:00:00.000Z";

const apiKey = {
  id: "Ab3dE5gH7jK9",
  name: "nightly-import",
  createdAt: at,
  expiresAt: later,
  lastUsedAt: null,
  scopes: null,
};
const mira = {
  id: "usr_1",
  email: "mira@desk.example",
  name: "Mira Ito",
  role: "admin",
  state: "active",
  createdAt: at,
  lastSeenAt: at,
};
const noor = {
  ...mira,
  id: "usr_2",
  email: "noor@desk.example",
  name: "",
  role: "member",
  state: "invited",
  lastSeenAt: null,
};
const me = {
  id: "usr_1",
  email: mira.email,
  name: mira.name,
  role: "admin",
  sessionId: "ses_1",
  keyId: null,
};
const session = {
  id: "ses_1",
  ip: "127.0.0.1",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  createdAt: at,
  lastSeenAt: at,
  expiresAt: later,
  current: true,
};
const connection = {
  id: "con_1",
  name: "hosted",
  models: ["large", "small"],
  version: 3,
  updatedAt: at,
  baseUrl: "https://api.example.com/v1",
  keyLast4: "9f3a",
};
interface List {
  name: string;
  Page: ComponentType;
  route: string;
  loaded: unknown[];
  /** Words of the loaded row. */
  shows: (string | RegExp)[];
  empty: string;
  failed: string;
}

const lists: List[] = [
  {
    name: "keys",
    Page: KeysPage,
    route: "GET /api/keys",
    loaded: [apiKey],
    shows: ["nightly-import", "tsr_Ab3dE5…", "active", /never used/],
    empty: "No keys yet",
    failed: "Keys could not be read",
  },
  {
    name: "people",
    Page: PeoplePage,
    route: "GET /api/users",
    loaded: [mira, noor],
    shows: ["Mira Ito", "you", "invited", "not yet"],
    empty: "Nobody here yet",
    failed: "People could not be read",
  },
  {
    name: "sessions",
    Page: AccountPage,
    route: "GET /api/sessions",
    loaded: [session],
    shows: ["Firefox on Linux", "this one", "127.0.0.1"],
    empty: "No browser is signed in",
    failed: "Sessions could not be read",
  },
  {
    name: "connections",
    Page: ConnectionsPage,
    route: "GET /api/connections",
    loaded: [connection],
    shows: ["hosted", "…9f3a", "2"],
    empty: "No connections yet",
    failed: "Connections could not be read",
  },
];

describe.each(lists)("the list of $name", ({ Page, route, loaded, shows, empty, failed }) => {
  it("keeps the rows' place while it loads", async () => {
    answerWith({ [route]: silence, "GET /api/me": silence });
    show(<Page />);
    expect(screen.getByLabelText("Loading")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("says what failed, offers to try again and the request to quote", async () => {
    let answers = 0;
    answerWith({
      [route]: () =>
        answers++ === 0 ? new Refusal(503, "unavailable", "The database is being restored.") : loaded,
      "GET /api/me": me,
    });
    show(<Page />);
    await screen.findByText(failed);
    expect(screen.getByText("The database is being restored.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Copy request 6789ab" })).toBeTruthy();
    await expectNoAxeViolations();
    screen.getByRole("button", { name: "Try again" }).click();
    expect(await screen.findByRole("table")).toBeTruthy();
  });

  it("names the next step when it is empty", async () => {
    answerWith({ [route]: [], "GET /api/me": me });
    show(<Page />);
    await screen.findByText(empty);
    await expectNoAxeViolations();
  });

  it("shows what there is", async () => {
    answerWith({ [route]: loaded, "GET /api/me": me });
    show(<Page />);
    await screen.findByRole("table");
    for (const words of shows) expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
    expect(screen.getAllByRole("row")).toHaveLength(loaded.length + 1);
    await expectNoAxeViolations();
  });
});
