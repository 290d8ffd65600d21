// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { Playground } from "@/components/playground/playground";
import type { Session } from "@/components/playground/session";
import { setPrompt } from "@/lib/playground/edits";
import { sampleTasks } from "@/lib/playground/samples";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { serve } from "./api";
import { documentWith } from "./documents";
import { endless, failing, speaking } from "./engines";
import { contested, openTestSession } from "./open-session";
import "../support/patience";

standInForBrowser();

const click = (element: Element) => act(async () => void fireEvent.click(element));
beforeEach(() => {
  serve({});
});

function open(session: Session): Session {
  show(<Playground session={session} onNew={() => undefined} onDeleted={() => undefined} />);
  return session;
}

const column = (letter: string) =>
  within(screen.getByRole("region", { name: new RegExp(`^Column ${letter}`) }));
const runButton = () => screen.getByRole("button", { name: "Run" });
const press = (key: string, more = {}) =>
  act(async () => void fireEvent.keyDown(document.body, { key, ...more }));

async function ask(session: Session, text: string): Promise<void> {
  await act(async () => setPrompt(session.workspace, text));
  await press("Enter", { ctrlKey: true });
}

describe("a comparison before its first run", () => {
  it("offers four samples and says where each column runs", async () => {
    open(openTestSession());
    expect(screen.getAllByRole("button", { name: /Sentiment|passage|JSON|Summary/ })).toHaveLength(4);
    for (const { name, gist } of sampleTasks)
      expect(screen.getByRole("button", { name: new RegExp(name) }).textContent).toContain(gist);
    expect(column("A").getByText(/does not leave it unless you save/)).toBeDefined();
    expect(column("B").getByText(/Runs on this server/)).toBeDefined();
    await expectNoAxeViolations();
  });

  it("says what is missing when there is nothing to run", async () => {
    const session = open(openTestSession());
    expect(runButton().getAttribute("aria-disabled")).toBe("true");
    await click(runButton());
    expect(session.workspace.store.getState().turns).toEqual([]);
  });

  it("fills in a sample and runs it in both columns with one key", async () => {
    open(openTestSession());
    await click(screen.getByRole("button", { name: /Sentiment/ }));
    expect(screen.getByLabelText("system")).toHaveProperty(
      "value",
      "You classify customer messages. Answer with one word: positive, negative or neutral.",
    );
    await press("Enter", { metaKey: true });
    expect(await column("A").findByText("positive")).toBeDefined();
    expect(await column("B").findByText("positive")).toBeDefined();
  });
});

describe("an answered comparison", () => {
  it("shows figures with their provenance, and the columns against each other", async () => {
    const session = open(
      openTestSession({ server: speaking("one two three four"), browser: speaking("one two") }),
    );
    await ask(session, "Question");
    const state = await column("B").findByText("stop");
    expect(state).toBeDefined();
    expect(column("B").getByText("12 / 4")).toBeDefined();
    expect(column("B").getByText("measured here")).toBeDefined();
    const comparison = within(await screen.findByRole("region", { name: "Comparison" }));
    expect(comparison.getByText("First token")).toBeDefined();
    expect(comparison.getAllByRole("listitem")).toHaveLength(6);
    await expectNoAxeViolations();
  });

  it("announces the start and the end of a column, and no token in between", async () => {
    const session = open(openTestSession({ server: endless("token ") }));
    await ask(session, "Question");
    const status = column("B").getByRole("status");
    await expect.poll(() => status.textContent).toBe("Column B started");
    await column("B").findByText("token");
    expect(status.textContent).toBe("Column B started");
    await press("Escape");
    await expect.poll(() => status.textContent).toMatch(/^Column B stopped/);
  });

  it("says that browser figures are the client's word", async () => {
    const browser = speaking("one two");
    const session = open(
      openTestSession({
        browser: async function* run(call, signal) {
          for await (const event of browser(call, signal)) {
            yield event.type === "start"
              ? { type: "start", engine: { kind: "browser", device: "WASM" } }
              : event;
          }
        },
      }),
    );
    await ask(session, "Question");
    expect(await column("A").findByText("reported by the client")).toBeDefined();
    expect(column("A").getByText("WASM")).toBeDefined();
  });

  it("sends a follow-up to all columns", async () => {
    const session = open(openTestSession());
    await ask(session, "Question");
    // While one column still answers, Run has nothing to send.
    await expect.poll(() => session.workspace.store.getState().running).toEqual([]);
    const input = await screen.findByLabelText("Follow up in both columns");
    await act(async () => fireEvent.change(input, { target: { value: "And now?" } }));
    await click(runButton());
    expect(await column("A").findByText("And now?")).toBeDefined();
    await expect.poll(() => column("B").getAllByText("positive").length).toBe(2);
    await expectNoAxeViolations();
  });
});

describe("a column that fails", () => {
  it("says what and why, keeps what arrived, and leaves the others alone", async () => {
    const session = open(openTestSession({ browser: failing("half a "), server: speaking("whole") }));
    await ask(session, "Question");
    expect(await column("A").findByText(/did not finish/)).toBeDefined();
    expect(column("A").getByText("HTTP 503")).toBeDefined();
    expect(column("A").getByText("The upstream refused the call.")).toBeDefined();
    expect(column("A").getByText("half a")).toBeDefined();
    expect(await column("B").findByText("whole")).toBeDefined();
    expect(column("B").getByText("stop")).toBeDefined();
    await expectNoAxeViolations();
  });

  it("is tried again on its own", async () => {
    let tries = 0;
    const broken = failing("", 502);
    const session = open(
      openTestSession({
        browser: (call, signal) => (tries++ === 0 ? broken : speaking("now"))(call, signal),
      }),
    );
    await ask(session, "Question");
    await click(await column("A").findByRole("button", { name: "Try again" }));
    expect(await column("A").findByText("now")).toBeDefined();
    expect(tries).toBe(2);
  });
});

describe("stopping", () => {
  it("stops one column by its button and all by Esc, and marks what arrived", async () => {
    const session = open(openTestSession({ browser: endless("here "), server: endless("there ") }));
    await ask(session, "Question");
    await column("A").findByText("here");
    await click(column("A").getByRole("button", { name: "Stop A" }));
    expect(await column("A").findByText("stopped")).toBeDefined();
    expect(session.workspace.store.getState().running).toEqual(["b"]);
    expect(runButton().getAttribute("aria-disabled")).toBe("true");
    await press("Escape");
    expect(await column("B").findByText("stopped")).toBeDefined();
    expect(column("B").getByText("there")).toBeDefined();
  });
});

describe("input that is not shared", () => {
  it("gives each column its own and runs it alone", async () => {
    const session = open(openTestSession());
    await click(screen.getByRole("switch", { name: "Same input" }));
    const own = screen.getByLabelText("Message to column B");
    await act(async () => fireEvent.change(own, { target: { value: "Only here" } }));
    await act(async () => void fireEvent.keyDown(own, { key: "Enter", ctrlKey: true }));
    expect(await column("B").findByText("Only here")).toBeDefined();
    expect(session.workspace.store.getState().turns).toHaveLength(1);
    expect(column("A").queryByText("Only here")).toBeNull();
    await expectNoAxeViolations();
  });
});

describe("two tabs on one comparison", () => {
  it("ask which to keep, and take theirs", async () => {
    const theirs = {
      id: "pg_1",
      title: "Theirs",
      version: 5,
      createdAt: "2026-11-21T09:11:00.000Z",
      updatedAt: "2026-11-21T09:12:00.000Z",
      document: documentWith({ system: "Their system." }),
    };
    const session = open(
      openTestSession({
        port: contested(theirs),
        state: { id: "pg_1", version: 2, asked: true, save: { kind: "saved" } },
      }),
    );
    await act(async () => setPrompt(session.workspace, "Mine"));
    const dialog = within(await screen.findByRole("dialog"));
    await expectNoAxeViolations();
    await click(dialog.getByRole("button", { name: "Load theirs" }));
    expect(screen.getByLabelText("system")).toHaveProperty("value", "Their system.");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("can keep mine as a new comparison", async () => {
    const theirs = {
      id: "pg_1",
      title: "Theirs",
      version: 5,
      createdAt: "2026-11-21T09:11:00.000Z",
      updatedAt: "2026-11-21T09:12:00.000Z",
      document: documentWith(),
    };
    const port = contested(theirs);
    const session = open(
      openTestSession({
        port: { ...port, create: async () => ({ ...theirs, id: "pg_2", version: 1 }) },
        state: { id: "pg_1", version: 2, asked: true, save: { kind: "saved" } },
      }),
    );
    await act(async () => setPrompt(session.workspace, "Mine"));
    const dialog = within(await screen.findByRole("dialog"));
    await click(dialog.getByRole("button", { name: "Save mine as new" }));
    await expect.poll(() => session.workspace.store.getState().id).toBe("pg_2");
    expect(session.workspace.store.getState().messages.at(-1)?.text).toBe("Mine");
  });
});

describe("parameters", () => {
  it("are not sent until they are set, then for all or for one column", async () => {
    const session = open(openTestSession());
    // Where the rail would cover the work it is closed until it is asked for.
    await act(async () => session.view.setState({ rail: "parameters" }));
    const exact = () => screen.getByLabelText(/^Temperature, exact value/);
    expect(exact()).toHaveProperty("value", "");
    await act(async () => fireEvent.change(exact(), { target: { value: "0.4" } }));
    await act(async () => fireEvent.blur(exact()));
    expect(session.workspace.store.getState().parameters).toEqual({ temperature: 0.4 });

    await click(screen.getByRole("radio", { name: "B" }));
    expect(exact()).toHaveProperty("value", "0.40");
    await act(async () => fireEvent.change(exact(), { target: { value: "9" } }));
    await act(async () => fireEvent.blur(exact()));
    expect(session.workspace.store.getState().columns[1]?.parameters).toEqual({ temperature: 2 });
    expect(session.workspace.store.getState().parameters).toEqual({ temperature: 0.4 });

    await act(async () =>
      fireEvent.click(screen.getByRole("button", { name: "Temperature: take the value for all" })),
    );
    expect(session.workspace.store.getState().columns[1]?.parameters).toEqual({});
    await click(screen.getByRole("button", { name: "Temperature: do not send" }));
    expect(session.workspace.store.getState().columns[1]?.parameters).toEqual({ temperature: null });
    await expectNoAxeViolations();
  });

  it("take up to four stops, with line ends as they are typed", async () => {
    const session = open(openTestSession());
    // Where the rail would cover the work it is closed until it is asked for.
    await act(async () => session.view.setState({ rail: "parameters" }));
    const input = screen.getByLabelText("Stop");
    for (const text of ["\\n", "END"]) {
      await act(async () => fireEvent.change(input, { target: { value: text } }));
      await act(async () => void fireEvent.keyDown(input, { key: "Enter" }));
    }
    expect(session.workspace.store.getState().parameters).toEqual({ stop: ["\n", "END"] });
    await click(screen.getByRole("button", { name: "Remove the stop \\n" }));
    expect(session.workspace.store.getState().parameters).toEqual({ stop: ["END"] });
  });
});
