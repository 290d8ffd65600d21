// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { AuditPage } from "@/components/audit/audit-page";
import type { AuditCounts, AuditEvent, ChainState } from "@/lib/audit-log";
import { expectNoAxeViolations, show, standInForBrowser } from "@/tests/ui/page";
import { answerWith, Refusal, silence } from "@/tests/ui/server";
import "../support/patience";

standInForBrowser();

const event = (seq: number, more: Partial<AuditEvent> = {}): AuditEvent => ({
  seq,
  event_time: `2026-11-21T09:${String(seq).padStart(2, "0")}:00.000Z`,
  event_id: `evt_${seq}`,
  audit_level: "WORKSPACE_LEVEL",
  source_ip_address: "127.0.0.1",
  user_agent: "test",
  session_id: "ses_1",
  user_identity: { email: "ana@example.org", subject_id: "usr_1" },
  service_name: "models",
  action_name: "pull",
  request_id: "req_000000001",
  request_params: { repository: "acme/tiny" },
  response: { status_code: 200, error_message: null },
  privilege: "MANAGE",
  why: "You are an administrator.",
  securable_kind: "model",
  securable_id: "mdl_1",
  securable_name: "main.support.tiny",
  mac: "0".repeat(64),
  ...more,
});

const counts = (allowed: number, refused = 0): AuditCounts => ({
  total: allowed + refused,
  buckets:
    allowed + refused === 0
      ? []
      : [
          { from: "2026-11-21T09:00:00.000Z", to: "2026-11-21T09:30:00.000Z", allowed, refused, failed: 0 },
          {
            from: "2026-11-21T09:30:00.000Z",
            to: "2026-11-21T10:00:00.000Z",
            allowed: 0,
            refused: 0,
            failed: 0,
          },
        ],
});

const whole: ChainState = {
  running: false,
  problem: null,
  report: {
    ok: true,
    checkedAt: "2026-11-21T09:00:00.000Z",
    rows: 1204,
    lastSeq: 1204,
    removedThrough: 0,
    anchors: { file: "/data/audit-anchors.jsonl", checked: 20, lastSeq: 1204 },
    faults: [],
  },
};

const routes = {
  "GET /api/audit": { events: [event(2), event(1)], next: null },
  "GET /api/audit/counts": counts(2),
  "GET /api/audit/chain": whole,
  "GET /api/audit/retention": { days: null },
  "GET /api/audit/searches": [{ id: "aus_1", name: "Refusals", filter: { outcome: "refused" } }],
  "GET /api/audit/events/evt_2": event(2),
};

const at = (search = "") => ({ path: "/audit", search });
const address = () => window.location.search;

function type(field: HTMLElement, value: string): HTMLElement {
  fireEvent.change(field, { target: { value } });
  return field;
}

function send(field: HTMLElement): void {
  const form = field.closest("form");
  if (!form) throw new Error("The field is in no form");
  fireEvent.submit(form);
}

describe("the audit page", () => {
  it("waits with rows of the right height", async () => {
    answerWith({ ...routes, "GET /api/audit": silence, "GET /api/audit/counts": silence });
    show(<AuditPage admin />, at());
    expect(await screen.findByLabelText("Loading")).toBeDefined();
    await expectNoAxeViolations();
  });

  it("says what failed and tries again", async () => {
    let tries = 0;
    answerWith({
      ...routes,
      "GET /api/audit": () => {
        tries += 1;
        return tries === 1
          ? new Refusal(503, "unavailable", "The database is busy.")
          : routes["GET /api/audit"];
      },
    });
    show(<AuditPage admin />, at());
    await screen.findByText("The database is busy.");
    await expectNoAxeViolations();
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findAllByText("models.pull")).toHaveLength(2);
  });

  it("says that nothing was recorded, and that nothing matches", async () => {
    answerWith({
      ...routes,
      "GET /api/audit": { events: [], next: null },
      "GET /api/audit/counts": counts(0),
    });
    const { unmount } = show(<AuditPage admin />, at());
    await screen.findByText("Nothing recorded yet");
    await expectNoAxeViolations();
    unmount();
    show(<AuditPage admin />, at("outcome=failed"));
    await screen.findByText("No row matches");
    fireEvent.click(screen.getByRole("button", { name: "Show all rows" }));
    expect(address()).toBe("");
  });

  it("shows rows, their count over time and the state of the chain", async () => {
    answerWith({ ...routes, "GET /api/audit/counts": counts(1000, 3) });
    show(<AuditPage admin />, at());
    expect(await screen.findAllByText("models.pull")).toHaveLength(2);
    expect(await screen.findByText("1,003 rows: 1,000 allowed, 3 refused, 0 failed.")).toBeDefined();
    expect(screen.getByText("a tile is up to 200 allowed rows, below the line one other row")).toBeDefined();
    expect(screen.getByText(/Chain verified to row 1,204,/)).toBeDefined();
    expect(screen.getByRole("button", { name: "Kept for ever" })).toBeDefined();
    expect(screen.getByRole("link", { name: "Export" }).getAttribute("href")).toBe("/api/audit/export");
    await expectNoAxeViolations();
  });

  it("shows the chart as a table at the key T, and narrows to a time from there", async () => {
    answerWith(routes);
    show(<AuditPage admin />, at());
    await screen.findByText("2 rows: 2 allowed, 0 refused, 0 failed.");
    fireEvent.keyDown(document.body, { key: "t" });
    const table = screen.getByRole("table", { name: "Rows over time" });
    expect(within(table).getAllByRole("row")).toHaveLength(2);
    await expectNoAxeViolations();
    fireEvent.click(within(table).getByRole("button"));
    expect(new URLSearchParams(address()).get("from")).toBe("2026-11-21T09:00:00.000Z");
    expect(new URLSearchParams(address()).get("to")).toBe("2026-11-21T09:30:00.000Z");
  });

  it("opens a row's details, and goes on from there to what is beside it", async () => {
    answerWith(routes);
    show(<AuditPage admin />, at("event=evt_2"));
    const details = await screen.findByRole("dialog");
    await within(details).findByText("You are an administrator.");
    for (const text of [
      "2026-11-21T09:02:00.000Z",
      "ses_1",
      "MANAGE",
      "model main.support.tiny",
      "0".repeat(64),
    ]) {
      expect(within(details).getByText(text)).toBeDefined();
    }
    expect(details.textContent).toContain('"repository": "acme/tiny"');
    fireEvent.click(within(details).getByRole("button", { name: "Same object" }));
    expect(address()).toBe("?object=main.support.tiny");
  });

  it("puts a condition into the address at Enter, not at each letter", async () => {
    answerWith(routes);
    show(<AuditPage admin />, at("outcome=refused"));
    const person = screen.getByRole("searchbox", { name: "Person" });
    type(person, "ben");
    expect(address()).toBe("");
    fireEvent.keyDown(person, { key: "Enter" });
    expect(address()).toBe("?outcome=refused&person=ben");
  });

  it("loads older rows behind those shown", async () => {
    const pages = [
      { events: [event(4), event(3)], next: 3 },
      { events: [event(2), event(1)], next: null },
    ];
    answerWith({ ...routes, "GET /api/audit": () => pages.shift() });
    show(<AuditPage admin />, at());
    await screen.findByText("2 rows shown");
    fireEvent.click(screen.getByRole("button", { name: "Load older" }));
    await screen.findByText("All 4 rows");
    expect(screen.getAllByText("models.pull")).toHaveLength(4);
  });

  it("says what is wrong with the chain", async () => {
    const message = "Row 3 does not carry the MAC of its content and place.";
    const report = { ...whole.report, ok: false, faults: [{ kind: "changed_row", seq: 3, message }] };
    answerWith({ ...routes, "GET /api/audit/chain": { ...whole, report } });
    show(<AuditPage admin />, at());
    expect(await screen.findByText(new RegExp(`The log is not whole. ${message}`))).toBeDefined();
    await expectNoAxeViolations();
  });

  it("verifies the chain when told to", async () => {
    const sent = answerWith({
      ...routes,
      "GET /api/audit/chain": { running: false, report: null, problem: null },
      "POST /api/audit/chain": whole,
    });
    show(<AuditPage admin />, at());
    await screen.findByText("Chain not verified since the last start.");
    fireEvent.click(screen.getByRole("button", { name: "Verify now" }));
    await screen.findByText(/Chain verified to row 1,204/);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /api/audit/chain"]);
  });

  it("shows members their own rows and nothing to administer", async () => {
    const asked: string[] = [];
    answerWith({
      ...routes,
      "GET /api/audit/chain": () => asked.push("chain"),
      "GET /api/audit/retention": () => asked.push("retention"),
    });
    show(<AuditPage admin={false} />, at());
    expect(await screen.findAllByText("models.pull")).toHaveLength(2);
    expect(screen.getByRole("link", { name: "Export" }).getAttribute("href")).toBe(
      "/api/audit/export?mine=1",
    );
    expect(screen.queryByRole("button", { name: "Verify now" })).toBeNull();
    expect(screen.queryByRole("searchbox", { name: "Person" })).toBeNull();
    expect(asked).toEqual([]);
    await expectNoAxeViolations();
  });
});

describe("saved searches", () => {
  /** Opens the menu and chooses; its code is fetched at the first press, from then on a key opens it. */
  const choose = async (name: string) => {
    const button = screen.getByRole("button", { name: "Saved searches" });
    fireEvent.click(button);
    fireEvent.keyDown(button, { key: "ArrowDown" });
    fireEvent.click(await screen.findByRole("menuitem", { name }));
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  };

  it("are applied, saved under a name, renamed and deleted", async () => {
    const saved = [{ id: "aus_1", name: "Refusals", filter: { outcome: "refused" } }];
    const sent = answerWith({
      ...routes,
      "GET /api/audit/searches": () => [...saved],
      "POST /api/audit/searches": (body: unknown) => {
        const made = { id: "aus_2", ...(body as { name: string; filter: { outcome: string } }) };
        saved.push(made);
        return made;
      },
      "PATCH /api/audit/searches/aus_1": (body: unknown) => Object.assign(saved[0] ?? {}, body),
      "DELETE /api/audit/searches/aus_1": () => {
        saved.shift();
        return null;
      },
    });
    show(<AuditPage admin />, at("outcome=failed"));
    await screen.findAllByText("models.pull");
    await choose("Refusals");
    expect(address()).toBe("?outcome=refused");

    await choose("Save this search");
    send(type(await screen.findByLabelText("Name"), "Failures"));
    await screen.findByText("Failures is saved.");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

    await choose("Rename or delete");
    const dialog = await screen.findByRole("dialog", { name: "Saved searches" });
    await expectNoAxeViolations();
    fireEvent.click(within(dialog).getByRole("button", { name: "Rename Refusals" }));
    const field = within(dialog).getByLabelText("New name of Refusals");
    fireEvent.keyDown(type(field, "Denied"), { key: "Enter" });
    fireEvent.click(await within(dialog).findByRole("button", { name: "Delete Denied" }));
    await screen.findByText("Denied is deleted.");
    expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual([
      ["POST", "/api/audit/searches", { name: "Failures", filter: { outcome: "failed" } }],
      ["PATCH", "/api/audit/searches/aus_1", { name: "Denied" }],
      ["DELETE", "/api/audit/searches/aus_1", undefined],
    ]);
  });
});

describe("retention", () => {
  it("is changed with its effect in sight, and refuses fewer than 30 days", async () => {
    const sent = answerWith({ ...routes, "PUT /api/audit/retention": { days: 90 } });
    show(<AuditPage admin />, at());
    fireEvent.click(await screen.findByRole("button", { name: "Kept for ever" }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByLabelText("For some days"));
    const days = within(dialog).getByLabelText("Days");
    send(type(days, "29"));
    await within(dialog).findByText("Enter a number of days, 30 or more.");
    expect(sent).toEqual([]);
    await expectNoAxeViolations();
    send(type(days, "90"));
    await screen.findByText("Rows are kept for 90 days.");
    expect(sent).toMatchObject([{ body: { days: 90 } }]);
    expect(screen.getByRole("button", { name: "Kept for 90 days" })).toBeDefined();
  });
});
