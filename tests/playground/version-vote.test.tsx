// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { Underneath } from "@/components/playground/underneath";
import type { PlaygroundColumn } from "@/lib/playground";
import { show, standInForBrowser } from "../ui/page";
import { answerWith } from "../ui/server";
import { answer } from "./documents";
import { openTestSession } from "./open-session";
import "../support/patience";

standInForBrowser();

const name = "main.support.triage";
const column = (id: string): PlaygroundColumn => ({
  id,
  model: "pebble-2m",
  engine: "server",
  parameters: {},
});

it("a vote names the version behind each answer as the columns stand on the page, not as they are kept", async () => {
  const session = openTestSession({
    state: {
      columns: [column("a"), column("b")],
      turns: [{ id: "t1", parent: null, user: "Sort it." }],
      head: "t1",
      blind: { order: ["b", "a"], revealed: false },
    },
  });
  const given = (version: number) => ({
    t1: [{ ...answer, prompt: { name, version, alias: null, edited: false } }],
  });
  session.workspace.column("a").setState({ answers: given(3) });
  session.workspace.column("b").setState({ answers: given(5) });
  const sent = answerWith({
    "POST /api/playground/votes": {
      id: "vote_1",
      task: "",
      contenders: [],
      outcome: { kind: "best", index: 0 },
      promptHash: "a".repeat(64),
      createdAt: "2026-11-21T09:11:00.000Z",
    },
  });
  show(<Underneath session={session} />);
  const best = await screen.findByRole("button", { name: /A is best/ });
  await waitFor(() => expect(best.getAttribute("aria-disabled")).not.toBe("true"));
  fireEvent.click(best);
  await waitFor(() => expect(sent).toHaveLength(1));
  const here = { model: "pebble-2m", engine: "server" };
  expect(sent[0]?.body).toMatchObject({
    outcome: { kind: "best", index: 0 },
    contenders: [
      { ...here, prompt: { name, version: 5 } },
      { ...here, prompt: { name, version: 3 } },
    ],
  });
});
