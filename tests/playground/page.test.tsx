// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { PlaygroundPage } from "@/components/playground/playground-page";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { completion, refusal, serve } from "./api";
import { documentWith } from "./documents";
import "../support/patience";

standInForBrowser();

const click = (element: Element) => act(async () => void fireEvent.click(element));

class NoWorker {
  addEventListener() {}
  postMessage() {}
  terminate() {}
}

let person = 0;

/** Opens the page as a person who has nothing open yet. */
function open(address: string): string {
  const owner = `usr_${++person}`;
  const url = new URL(address, window.location.href);
  window.history.replaceState(null, "", address);
  show(<PlaygroundPage owner={owner} fresh={url.pathname === "/playground"} />, {
    path: url.pathname,
    search: url.search,
  });
  return owner;
}

const columns = () =>
  screen.getAllByRole("region", { name: /^Column/ }).map((region) => region.getAttribute("aria-label"));
const column = (letter: string) =>
  within(screen.getByRole("region", { name: new RegExp(`^Column ${letter}`) }));

const saved = {
  id: "pg_1",
  title: "Battery question",
  version: 3,
  createdAt: "2026-11-21T09:11:00.000Z",
  updatedAt: "2026-11-21T09:12:00.000Z",
  document: documentWith(),
};

beforeEach(() => {
  sessionStorage.clear();
  vi.stubGlobal("Worker", NoWorker);
});

describe("the playground's address", () => {
  it("starts a newcomer with the built-in model in this browser and on the server", async () => {
    serve({});
    open("/playground");
    await screen.findByRole("button", { name: "Run" });
    expect(columns()).toEqual(["Column A: pebble-2m", "Column B: pebble-2m"]);
    expect(window.location.search).toBe("?model=browser:pebble-2m&model=server:pebble-2m");
    await expectNoAxeViolations();
  });

  it("restores the columns of a link, and says which model is not here", async () => {
    serve({});
    open("/playground?model=remote:hosted/large&model=server:gone-7b&ask=Who%20pays%3F");
    await screen.findByRole("button", { name: "Run" });
    expect(columns()).toEqual(["Column A: hosted/large", "Column B: gone-7b"]);
    expect(column("B").getByText("unknown")).toBeDefined();
    expect(screen.getByLabelText("user")).toHaveProperty("value", "Who pays?");
    expect(window.location.search).toBe("?model=remote:hosted/large&model=server:gone-7b");
  });

  it("follows the columns as they change", async () => {
    serve({});
    open("/playground?model=server:pebble-2m");
    await screen.findByRole("button", { name: "Run" });
    await click(screen.getByRole("button", { name: "Column" }));
    expect(window.location.search).toBe("?model=server:pebble-2m&model=browser:pebble-2m");
  });

  it("lists every model in every place and says why one cannot be chosen", async () => {
    serve({});
    open("/playground?model=server:pebble-2m");
    await click(await screen.findByRole("button", { name: /choose the model of column A/ }));
    const options = await screen.findAllByRole("option");
    expect(options.map((option) => option.textContent?.slice(0, 12))).toEqual(
      expect.arrayContaining([expect.stringContaining("pebble-2m"), expect.stringContaining("hosted/large")]),
    );
    expect(options).toHaveLength(4);
    const embedding = screen.getByRole("option", { name: /grain-embed/ });
    expect(embedding.getAttribute("aria-disabled")).toBe("true");
    expect(embedding.textContent).toContain("makes embeddings, not answers");
    await expectNoAxeViolations();
  });
});

describe("a run on the server", () => {
  it("is answered, saved by itself and gets an address", async () => {
    const asked = serve({
      "POST /v1/chat/completions": () => completion("It lasts 24 months."),
      "POST /api/playground": () => Response.json(saved, { status: 201 }),
    });
    open("/playground?model=server:pebble-2m&ask=How%20long%3F");
    await click(await screen.findByRole("button", { name: "Run" }));
    expect(await column("A").findByText("It lasts 24 months.")).toBeDefined();
    expect(column("A").getByText("ONNX, CPU")).toBeDefined();
    await expect.poll(() => window.location.pathname, { timeout: 5_000 }).toBe("/playground/pg_1");
    expect(asked).toContain("POST /api/playground");
  });

  it("that is refused says so and lets the other column answer", async () => {
    serve({
      "POST /v1/chat/completions": (body) =>
        (body as { model: string }).model === "hosted/large"
          ? refusal(429, "rate_limited", "Too many calls. Try again in 20 s.")
          : completion("fine"),
      "POST /api/playground": () => Response.json(saved, { status: 201 }),
    });
    open("/playground?model=remote:hosted/large&model=server:pebble-2m&ask=Hello");
    await click(await screen.findByRole("button", { name: "Run" }));
    expect(await column("A").findByText("Too many calls. Try again in 20 s.")).toBeDefined();
    expect(column("A").getByText("HTTP 429")).toBeDefined();
    expect(column("A").getByRole("button", { name: "Copy request q-7f3a" })).toBeDefined();
    expect(await column("B").findByText("fine")).toBeDefined();
    await expectNoAxeViolations();
  });
});

describe("a saved comparison", () => {
  it("opens as it was saved", async () => {
    serve({ "GET /api/playground/pg_1": () => Response.json(saved) });
    open("/playground/pg_1");
    expect(await screen.findByRole("heading", { level: 1, name: "Battery question" })).toBeDefined();
    expect(await column("A").findByText("positive")).toBeDefined();
    expect(screen.getByLabelText("system")).toHaveProperty("value", "Answer with one word.");
    await expectNoAxeViolations();
  });

  it("that is not there, or another person's, says so and leads back", async () => {
    serve({
      "GET /api/playground/pg_9": () => refusal(404, "not_found", "There is no such playground session."),
    });
    open("/playground/pg_9");
    expect(await screen.findByText("No such comparison")).toBeDefined();
    expect(screen.getByRole("link", { name: "Open the playground" }).getAttribute("href")).toBe(
      "/playground",
    );
    await expectNoAxeViolations();
  });

  it("that cannot be read says why, and is read again", async () => {
    let tries = 0;
    serve({
      "GET /api/playground/pg_1": () =>
        tries++ === 0 ? refusal(503, "unavailable", "The database is starting.") : Response.json(saved),
    });
    open("/playground/pg_1");
    expect(await screen.findByText("The database is starting.")).toBeDefined();
    await click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Battery question" })).toBeDefined();
  });
});
