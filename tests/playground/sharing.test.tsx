// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ShareDialog } from "@/components/playground/share-dialog";
import { SharedSnapshot } from "@/components/playground/shared-snapshot";
import type { PlaygroundDocument, PlaygroundSnapshot } from "@/lib/playground";
import { expectNoAxeViolations, pushed, show, standInForBrowser } from "../ui/page";
import { refusal, serve } from "./api";
import { answer, documentWith } from "./documents";
import { openTestSession } from "./open-session";
import "../support/patience";

standInForBrowser();

const click = (element: Element) => act(async () => void fireEvent.click(element));
const at = "2026-11-21T09:11:00.000Z";

const snapshot = (change: Partial<PlaygroundDocument> = {}, more: Partial<PlaygroundSnapshot> = {}) => ({
  id: "snap_1",
  title: "Batteries",
  createdAt: at,
  sharedBy: "Noor",
  own: false,
  document: documentWith(change),
  ...more,
});

const full = snapshot({
  values: { place: "Oslo" },
  messages: [
    {
      id: "m1",
      role: "user",
      text: "Sort it",
      attachments: [
        { kind: "text", id: "f1", name: "log.txt", text: "words of the file" },
        { kind: "image", id: "f2", name: "Photo", url: "data:image/png;base64,iVBORw0KGgo=" },
      ],
    },
  ],
  columns: [
    { id: "a", model: "pebble-2m", engine: "server", parameters: { seed: 7, top_p: null } },
    { id: "b", model: "hosted/large", engine: "remote", parameters: {}, system: "Own words." },
  ],
  turns: [
    {
      id: "t1",
      parent: null,
      user: "Sort it",
      answers: {
        a: [
          answer,
          { ...answer, text: "**negative** <script>alert(1)</script> ![x](https://evil.example/x.png)" },
        ],
        b: [
          {
            text: "",
            outcome: "failed",
            failure: { code: "rate_limited", message: "Too many calls.", status: 429 },
            model: "hosted/large",
            engine: { kind: "remote", device: "" },
          },
        ],
      },
      chosen: { a: 0 },
    },
    { id: "t2", parent: null, user: "On another branch", answers: {} },
  ],
  head: "t1",
  rows: [{ id: "r1", values: { place: "Bergen" }, answers: { a: answer } }],
});

describe("a shared comparison", () => {
  it("shows everything to a second reader, and nothing to change", async () => {
    serve({ "GET /api/playground/snapshots/snap_1": () => Response.json(full) });
    show(<SharedSnapshot id="snap_1" />);
    expect(await screen.findByRole("heading", { level: 1, name: "Batteries" })).toBeDefined();
    const words = document.body.textContent ?? "";
    for (const said of [
      "Shared by Noor",
      "Answer with one word.",
      "Oslo",
      "temperature",
      "log.txt",
      "words of the file",
    ])
      expect(words).toContain(said);
    expect(screen.getByRole("img", { name: "Photo" }).getAttribute("src")).toMatch(/^data:image/);
    const a = within(screen.getByRole("region", { name: "Column A: pebble-2m" }));
    expect(a.getByText("answer 1 of 2, the one that counts")).toBeDefined();
    expect(a.getAllByText("211 tokens/s")).toHaveLength(2);
    expect(a.getAllByText("measured by the server")).toHaveLength(2);
    expect(a.getByText("top_p not sent, seed 7")).toBeDefined();
    const b = within(screen.getByRole("region", { name: "Column B: hosted/large" }));
    for (const said of ["Too many calls.", "HTTP 429", "Own words.", "not measured"])
      expect(b.getByText(said)).toBeDefined();
    expect(screen.getByText(/1 turn on other branches is part of it/)).toBeDefined();
    expect(within(screen.getByRole("table")).getByText("Bergen")).toBeDefined();
    expect(document.querySelectorAll("textarea, input, select, [contenteditable]")).toHaveLength(0);
    await expectNoAxeViolations();
  });

  it("loads nothing from elsewhere and runs nothing of an answer", async () => {
    serve({ "GET /api/playground/snapshots/snap_1": () => Response.json(full) });
    show(<SharedSnapshot id="snap_1" />);
    expect((await screen.findByText("negative", {}, { timeout: 15_000 })).tagName).toBe("STRONG");
    expect(document.querySelector("script, img[src^=http]")).toBeNull();
  });

  it("is continued in a saved copy of one's own", async () => {
    const created: unknown[] = [];
    const here = { ...answer, engine: { kind: "browser" as const, device: "WASM" } };
    const shared = snapshot({ turns: [{ id: "t1", parent: null, user: "Q", answers: { a: [here] } }] });
    serve({
      "GET /api/playground/snapshots/snap_1": () => Response.json(shared),
      "POST /api/playground": (body) => {
        created.push(body);
        return Response.json({ id: "pg_9", title: "Batteries", version: 1, createdAt: at, updatedAt: at });
      },
    });
    show(<SharedSnapshot id="snap_1" />);
    await click(await screen.findByRole("button", { name: "Continue in my playground" }));
    await expect.poll(() => pushed).toEqual(["/playground/pg_9"]);
    expect(created).toEqual([{ title: "Batteries", document: { ...shared.document, saving: "asked" } }]);
  });

  it("that could not be copied says so and stays", async () => {
    serve({
      "GET /api/playground/snapshots/snap_1": () => Response.json(snapshot()),
      "POST /api/playground": () => refusal(507, "disk_full", "The disk is full."),
    });
    show(<SharedSnapshot id="snap_1" />);
    await click(await screen.findByRole("button", { name: "Continue in my playground" }));
    expect((await screen.findByRole("alert")).textContent).toContain("No copy was made. The disk is full.");
    expect(pushed).toEqual([]);
  });

  it("that was revoked says so and leads on", async () => {
    serve({
      "GET /api/playground/snapshots/snap_1": () =>
        refusal(404, "not_found", "There is no such shared snapshot."),
    });
    show(<SharedSnapshot id="snap_1" />);
    expect(await screen.findByText("Nothing is shared here")).toBeDefined();
    expect(screen.getByRole("link", { name: "Open the playground" }).getAttribute("href")).toBe(
      "/playground",
    );
    await expectNoAxeViolations();
  });
});

describe("the share dialog", () => {
  const made = { id: "snap_2", sessionId: "pg_1", title: "Now", createdAt: at };
  const earlier = { id: "snap_1", sessionId: "pg_1", title: "Before", createdAt: at };

  it("says what is shared, makes the link, and shares what the tab has now", async () => {
    const bodies: unknown[] = [];
    serve({
      "GET /api/playground/snapshots": () => Response.json([earlier]),
      "POST /api/playground/snapshots": (body) => {
        bodies.push(body);
        return Response.json(made, { status: 201 });
      },
    });
    const session = openTestSession({
      state: { id: "pg_1", version: 2, title: "Now", system: "In this tab." },
    });
    show(<ShareDialog session={session} onClose={() => undefined} />);
    expect(
      await screen.findByText(
        /prompt with texts of the library in it, answers, images and files, as they are now/,
      ),
    ).toBeDefined();
    expect(await screen.findByRole("link", { name: "Before" })).toBeDefined();
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: /Make a link/ }));
    expect(await screen.findByRole("textbox", { name: "Link" })).toHaveProperty(
      "value",
      `${window.location.origin}/playground/shared/snap_2`,
    );
    expect(bodies).toMatchObject([{ sessionId: "pg_1", title: "Now", document: { system: "In this tab." } }]);
    await expectNoAxeViolations();
  });

  it("revokes after asking", async () => {
    let listed = [earlier];
    const asked = serve({
      "GET /api/playground/snapshots": () => Response.json(listed),
      "DELETE /api/playground/snapshots/snap_1": () => {
        listed = [];
        return new Response(null, { status: 204 });
      },
    });
    show(<ShareDialog session={openTestSession({ state: { id: "pg_1" } })} onClose={() => undefined} />);
    await click(await screen.findByRole("button", { name: "Revoke" }));
    expect(asked).not.toContain("DELETE /api/playground/snapshots/snap_1");
    await click(await screen.findByRole("button", { name: "Revoke link" }));
    await expect.poll(() => screen.queryByRole("link", { name: "Before" })).toBeNull();
    expect(asked).toContain("DELETE /api/playground/snapshots/snap_1");
  });

  it("says when nothing could be shared", async () => {
    serve({
      "GET /api/playground/snapshots": () => Response.json([]),
      "POST /api/playground/snapshots": () =>
        refusal(413, "too_large", "The body is larger than 12582912 bytes."),
    });
    show(<ShareDialog session={openTestSession()} onClose={() => undefined} />);
    await click(screen.getByRole("button", { name: /Make a link/ }));
    expect((await screen.findByRole("alert")).textContent).toContain(
      "Nothing was shared. The body is larger",
    );
  });
});
