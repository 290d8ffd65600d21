// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ConflictDialog } from "@/components/playground/conflict-dialog";
import type { PlaygroundSession } from "@/lib/playground";
import { openSession } from "@/lib/playground/workspace";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answer, documentWith } from "./documents";
import { openTestSession } from "./open-session";
import "../support/patience";

standInForBrowser();

const at = "2026-11-21T09:11:00.000Z";
const saved = (change: Partial<PlaygroundSession> = {}): PlaygroundSession => ({
  id: "pg_1",
  title: "Batteries",
  version: 4,
  createdAt: at,
  updatedAt: at,
  document: documentWith(),
  ...change,
});

function conflict(there: PlaygroundSession) {
  const session = openTestSession();
  openSession(saved({ version: 3 }), session.workspace);
  session.workspace.store.setState({ system: "Answer with two words." });
  session.workspace.store.setState({ save: { kind: "conflict", current: there } });
  show(<ConflictDialog session={session} />);
  return session;
}

describe("a conflict of two tabs", () => {
  it("says in what they differ: texts by words, all else side by side", async () => {
    const turn = { id: "t2", parent: "t1", user: "More", answers: { a: [answer] } };
    conflict(
      saved({
        document: documentWith({
          parameters: { temperature: 1 },
          turns: [...documentWith().turns, turn],
          head: "t2",
        }),
      }),
    );
    const dialog = within(
      await screen.findByRole("dialog", { name: /Another tab saved this comparison first/ }),
    );
    const terms = dialog.getAllByRole("term").map(({ textContent }) => textContent);
    expect(terms).toEqual(["System prompt", "temperature", "Turns"]);
    const [system, temperature, turns] = dialog.getAllByRole("definition");
    expect(system?.querySelector("ins")?.textContent).toContain("two words");
    expect(system?.querySelector("del")?.textContent).toContain("one word");
    expect(temperature?.textContent).toBe("here0.4there1");
    expect(turns?.textContent).toBe("here1there2, 1 of them only there");
    await expectNoAxeViolations();
  });

  it("is ended by what is there, or by keeping both", async () => {
    const session = conflict(saved({ title: "Theirs" }));
    await screen.findByText(/There is version 4/);
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Load theirs" })));
    expect(session.workspace.store.getState()).toMatchObject({
      title: "Theirs",
      version: 4,
      system: "Answer with one word.",
      save: { kind: "saved" },
    });
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says when both say the same", async () => {
    const session = conflict(saved({ document: documentWith({ system: "Answer with two words." }) }));
    expect(await screen.findByText(/It says the same as this tab/)).toBeDefined();
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Save mine as new" })));
    await expect.poll(() => session.workspace.store.getState().save.kind).toBe("saved");
  });
});
