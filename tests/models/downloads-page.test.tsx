// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Download } from "@/lib/models";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import { answerWith } from "../ui/server";
import { click, open, qwen, routes, row, send } from "./pages";
import "../support/patience";

standInForBrowser();

describe("a download", () => {
  const withDownload = (download: Partial<Download>) => ({
    ...routes,
    "GET /api/models/downloads": [
      { ...qwen, bytesPerSecond: undefined, secondsLeft: undefined, ...download },
    ],
  });

  it("that is paused resumes, and one that runs is paused", async () => {
    const sent = answerWith({
      ...withDownload({ state: "paused" }),
      "POST /api/models/downloads/qwen3-0.6b-q4/resume": { ...qwen, state: "queued" },
      "POST /api/models/downloads/qwen3-0.6b-q4/pause": { ...qwen, state: "paused" },
    });
    open();
    await screen.findByText("paused, resumes where it stopped");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Resume qwen3-0.6b-q4" }));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.path).toBe("/api/models/downloads/qwen3-0.6b-q4/resume");
  });

  it("that failed says why, keeps its tiles and is tried again", async () => {
    const sent = answerWith({
      ...withDownload({ state: "failed", reason: { code: "unavailable", message: "The connection ended." } }),
      "POST /api/models/downloads/qwen3-0.6b-q4/resume": qwen,
    });
    open();
    await screen.findByText("The connection ended.");
    expect(screen.getByText("What is checked is kept.")).toBeTruthy();
    expect(screen.getByRole("progressbar").querySelectorAll(".bg-danger-solid")).toHaveLength(1);
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Try qwen3-0.6b-q4 again" }));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
  });

  it("that waits for the hub, for its turn or for another process says which", async () => {
    answerWith({
      ...routes,
      "GET /api/models/downloads": [
        { ...qwen, waitSeconds: 4 },
        { ...qwen, name: "other-q4", repository: "desk/other", state: "queued" },
        { ...qwen, name: "third-q4", repository: "desk/third", elsewhere: true },
      ],
    });
    open();
    await screen.findByText("the hub does not answer, trying again in 4 s");
    expect(screen.getByText("waits for its turn")).toBeTruthy();
    expect(screen.getByText("fetched by a command on the server's machine")).toBeTruthy();
    expect(row("third-q4").queryByRole("button")).toBeNull();
    await expectNoAxeViolations();
  });

  it("is announced when it ends", async () => {
    const states: Download["state"][] = ["running", "done"];
    answerWith({
      ...routes,
      "GET /api/models/downloads": () => [{ ...qwen, state: states.length > 1 ? states.shift() : states[0] }],
    });
    open();
    await screen.findByRole("progressbar");
    await screen.findByText("qwen3-0.6b-q4 is downloaded and checked.", {}, { timeout: 4_000 });
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  it("is discarded once the effect was shown", async () => {
    const sent = answerWith({
      ...withDownload({ state: "paused" }),
      "DELETE /api/models/downloads/qwen3-0.6b-q4": null,
    });
    open();
    await click(await screen.findByRole("button", { name: "Discard qwen3-0.6b-q4" }));
    await screen.findByRole("dialog", { name: "Discard the download of qwen3-0.6b-q4?" });
    expect(screen.getByText("The 704 MB that were fetched are erased.")).toBeTruthy();
    await expectNoAxeViolations();
    await send();
    await screen.findByText("The download of qwen3-0.6b-q4 is discarded.");
    expect(sent).toHaveLength(1);
  });

  it("is watched by a member without a control", async () => {
    answerWith(
      withDownload({ state: "failed", reason: { code: "x", message: "It ended.", needs: "token" } }),
    );
    open(false);
    await screen.findByText("It ended.");
    await screen.findByText("paper-q4");
    expect(
      screen.queryByRole("button", {
        name: /Delete|Discard|Download|Check|Resume|Try|Enter|Import|Pull|Hub/,
      }),
    ).toBeNull();
    expect(screen.queryAllByRole("combobox")).toEqual([]);
    await expectNoAxeViolations();
  });
});
