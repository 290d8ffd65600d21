// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { LeaderboardPage } from "@/components/playground/leaderboard-page";
import { VoteBar } from "@/components/playground/vote-bar";
import type { Leaderboard, LeaderboardRow } from "@/lib/playground";
import { choicesOf } from "@/lib/playground/client";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { models } from "./api";
import "../support/patience";

standInForBrowser();

const row = (more: Partial<LeaderboardRow>): LeaderboardRow => ({
  model: "pebble-2m",
  engine: "server",
  score: 1062.4,
  low: 1010.2,
  high: 1114.6,
  rank: [1, 1],
  winRate: 0.625,
  votes: 40,
  ...more,
});
const board = (more: Partial<Leaderboard> = {}): Leaderboard => ({
  votes: 40,
  ties: 4,
  bad: 1,
  tasks: [
    { task: "Topic", votes: 30 },
    { task: "", votes: 10 },
  ],
  groups: [
    [
      row({}),
      row({
        model: "hosted/large",
        engine: "remote",
        score: 938,
        low: 880,
        high: 990,
        rank: [2, 3],
        winRate: 0.5,
      }),
    ],
  ],
  ...more,
});
const route = "GET /api/playground/leaderboard";
const empty = board({ votes: 0, ties: 0, bad: 0, tasks: [], groups: [] });

describe("the leaderboard's page", () => {
  it("shows places, scores with their intervals, win rates and votes", async () => {
    answerWith({ [route]: board() });
    show(<LeaderboardPage />, { path: "/playground/leaderboard" });
    const table = await screen.findByRole("table", { name: "Models, best first" });
    const cells = within(table)
      .getAllByRole("row")
      .slice(1)
      .map((line) =>
        within(line)
          .getAllByRole("cell")
          .map((cell) => cell.textContent),
      );
    expect(cells[0]?.[0]).toBe("1");
    expect(cells[0]?.[1]).toContain("pebble-2m");
    expect(cells[0]?.[3]).toBe("1,010 to 1,115");
    expect(cells[0]?.slice(4)).toEqual(["63\u202F%", "40"]);
    expect(cells[1]?.[0]).toBe("2–3");
    expect(cells[1]?.[1]).toContain("large");
    expect(screen.getByText("40 votes, of them 4 ties, 1 all bad")).toBeDefined();
    expect(screen.queryByText("Group 1")).toBeNull();
    await expectNoAxeViolations();
  });

  it("says which models cannot be ranked against each other", async () => {
    const groups = [[row({})], [row({ model: "other", rank: [1, 1] })]];
    answerWith({ [route]: board({ groups }) });
    show(<LeaderboardPage />, { path: "/playground/leaderboard" });
    await screen.findByRole("table", { name: "Models of group 2, best first" });
    expect(screen.getByText(/Not all models can be ranked together/)).toBeDefined();
    expect(screen.getByText(/nothing is known of how they stand to other groups/)).toBeDefined();
    await expectNoAxeViolations();
  });

  it("says how to give a vote when there is none, and leads back from a narrow filter", async () => {
    answerWith({ [route]: empty });
    show(<LeaderboardPage />, { path: "/playground/leaderboard", search: "whose=mine&task=Topic" });
    await screen.findByText("No votes of yours for Topic yet");
    expect(screen.getByText(/Turn on Blind in the playground/)).toBeDefined();
    await expectNoAxeViolations();
    window.history.replaceState(null, "", "/playground/leaderboard?whose=mine&task=Topic");
    fireEvent.click(screen.getByRole("button", { name: "Show all votes" }));
    expect(window.location.search).toBe("");
  });

  it("asks for what the address names, and keeps the choice in it", async () => {
    const asked = vi.fn();
    answerWith({ [route]: board() });
    const { fetch: plain } = globalThis;
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      asked(url);
      return plain(url, init);
    });
    show(<LeaderboardPage />, { path: "/playground/leaderboard", search: "task=Topic" });
    await screen.findByRole("table");
    expect(asked).toHaveBeenCalledWith("/api/playground/leaderboard?task=Topic&whose=everyone");
    fireEvent.click(screen.getByRole("radio", { name: "Mine" }));
    expect(window.location.search).toBe("?task=Topic&whose=mine");
  });

  it("waits, and says what failed", async () => {
    answerWith({ [route]: silence });
    const { unmount } = show(<LeaderboardPage />);
    expect(screen.getByRole("status", { name: "Loading" })).toBeDefined();
    unmount();
    answerWith({ [route]: new Refusal(503, "unavailable", "The database is away.") });
    show(<LeaderboardPage />);
    await screen.findByText("The leaderboard could not be read");
    expect(screen.getByText("The database is away.")).toBeDefined();
    await expectNoAxeViolations();
  });
});

describe("the bar to vote on", () => {
  const contenders = [
    { letter: "A", model: "pebble-2m", engine: "server" },
    { letter: "B", model: "hosted/large", engine: "remote" },
    { letter: "C", model: "pebble-2m", engine: "browser" },
  ] as const;
  const promptHash = "ab".repeat(32);
  const given = {
    id: "vote_1",
    task: "Topic",
    contenders: contenders.map(({ model, engine }) => ({ model, engine })),
    outcome: { kind: "tie" },
    promptHash,
    createdAt: "2026-11-21T09:11:00.000Z",
  };
  const routes = { "POST /api/playground/votes": given, "DELETE /api/playground/votes/vote_1": null };
  const bar = (more: Partial<Parameters<typeof VoteBar>[0]> = {}) => {
    const onVoted = vi.fn();
    show(
      <>
        <input aria-label="Message" />
        <VoteBar contenders={contenders} promptHash={promptHash} task="Topic" onVoted={onVoted} {...more} />
      </>,
    );
    return onVoted;
  };

  it("names letters and no model", async () => {
    answerWith(routes);
    bar();
    expect(screen.getAllByRole("button").map(({ textContent }) => textContent)).toEqual([
      "A is best1",
      "B is best2",
      "C is best3",
      "TieT",
      "All badB",
    ]);
    expect(screen.getByRole("region", { name: "Your vote" }).innerHTML).not.toMatch(/pebble|hosted/);
    await expectNoAxeViolations();
  });

  it("sends what was pressed once, says that it counts, and takes it back", async () => {
    const sent = answerWith(routes);
    const onVoted = bar();
    const best = screen.getByRole("button", { name: /B is best/ });
    fireEvent.click(best);
    fireEvent.click(best);
    await screen.findByText("Your vote is counted.");
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toEqual({
      task: "Topic",
      promptHash,
      outcome: { kind: "best", index: 1 },
      contenders: given.contenders,
    });
    expect(onVoted).toHaveBeenCalledTimes(1);
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText("Your vote is taken back.");
    expect(sent[1]).toMatchObject({ method: "DELETE", path: "/api/playground/votes/vote_1" });
  });

  it("names the versions of prompts that asked, unless their text was changed, so that one model may run them", async () => {
    const sent = answerWith(routes);
    const asked = { name: "main.support.triage", version: 3, alias: "production", edited: false };
    const sides = [
      { ...contenders[0], prompt: asked },
      { ...contenders[0], letter: "B", prompt: { ...asked, version: 5, alias: null } },
      { ...contenders[0], letter: "C", prompt: { ...asked, edited: true } },
    ];
    const onVoted = bar({ contenders: sides });
    fireEvent.click(screen.getByRole("button", { name: /B is best/ }));
    await vi.waitFor(() => expect(onVoted).toHaveBeenCalled());
    const here = { model: "pebble-2m", engine: "server" };
    const { name } = asked;
    expect(sent[0]?.body).toHaveProperty("contenders", [
      { ...here, prompt: { name, version: 3 } },
      { ...here, prompt: { name, version: 5 } },
      here,
    ]);
  });

  it.each([
    ["3", { kind: "best", index: 2 }],
    ["t", { kind: "tie" }],
    ["b", { kind: "bad" }],
  ])("takes the key %s", async (key, outcome) => {
    const sent = answerWith(routes);
    const onVoted = bar();
    fireEvent.keyDown(document.body, { key });
    await vi.waitFor(() => expect(onVoted).toHaveBeenCalled());
    expect(sent[0]?.body).toMatchObject({ outcome });
  });

  it("takes no key that is typed into a field, held, combined, or stands for nothing", async () => {
    const sent = answerWith(routes);
    bar();
    fireEvent.keyDown(screen.getByLabelText("Message"), { key: "1" });
    fireEvent.keyDown(document.body, { key: "1", repeat: true });
    fireEvent.keyDown(document.body, { key: "b", metaKey: true });
    fireEvent.keyDown(document.body, { key: "4" });
    fireEvent.keyDown(document.body, { key: "Tab" });
    await act(() => Promise.resolve());
    expect(sent).toEqual([]);
  });

  it.each([
    [{ disabledReason: "Waits for the answers" }],
    [{ promptHash: "" }],
    [{ contenders: [contenders[0], { ...contenders[0], letter: "B" }] }],
  ])("waits while no vote can be given: %o", async (more) => {
    const sent = answerWith(routes);
    bar(more);
    fireEvent.click(screen.getByRole("button", { name: /A is best/ }));
    fireEvent.keyDown(document.body, { key: "1" });
    await act(() => Promise.resolve());
    expect(sent).toEqual([]);
  });

  it("says that nothing counted when it fails", async () => {
    answerWith({ "POST /api/playground/votes": new Refusal(503, "unavailable", "The database is away.") });
    const onVoted = bar();
    fireEvent.click(screen.getByRole("button", { name: /Tie/ }));
    expect((await screen.findByRole("alert")).textContent).toBe("Not counted. The database is away.");
    expect(onVoted).not.toHaveBeenCalled();
  });
});

describe("what a column can run", () => {
  it("has the price of its place, and says whether it takes images", () => {
    const priced = models.map((model) =>
      model.engine === "remote" ? model : { ...model, price: { input: 0, output: 0 } },
    );
    expect(choicesOf(priced).map(({ key, price, images }) => [key, price, images])).toEqual([
      ["browser:pebble-2m", { input: 0, output: 0 }, "no"],
      ["server:pebble-2m", { input: 0, output: 0 }, "no"],
      ["server:grain-embed", { input: 0, output: 0 }, "no"],
      ["remote:hosted/large", undefined, "unknown"],
    ]);
  });
});
