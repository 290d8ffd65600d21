// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { catalogue } from "@/lib/models";
import { catalogueEntry } from "@/lib/models/schema";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { click, commit, open, qwen, routes, row } from "./pages";
import "../support/patience";

standInForBrowser();

describe("the catalogue", () => {
  it("has entries of the right form, in order, whose ids make names", () => {
    for (const entry of catalogue) expect(catalogueEntry.safeParse(entry).error).toBeUndefined();
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  });

  it("says where the chosen weights can run, what is fetched and what loading takes", async () => {
    answerWith(routes);
    open();
    await screen.findByText("paper-q4");
    const text = (title: string) => row(title).getByRole("heading").closest("li")?.textContent ?? "";
    expect(text("Qwen3 0.6B")).toMatch(
      /^Qwen3 0\.6Bbrowserserver.*As q4 about \d+ MB to download, and up to about [\d.]+ GB of memory while it loads\./,
    );
    expect(text("Phi-3.5 mini Instruct")).toMatch(/^Phi-3\.5 mini Instructserver.*do not fit into a tab\./);
    expect(text("BGE small English v1.5")).toMatch(
      /^BGE small English v1\.5server.*embeddings are made on the server\./,
    );
    const size = row("Qwen3 0.6B").getByRole("combobox");
    await click(size);
    await click(await screen.findByRole("option", { name: /^fp32/ }));
    expect(text("Qwen3 0.6B")).toMatch(/^Qwen3 0\.6Bserver.*As fp32 about 2\.4 GB.*do not fit into a tab\./);
  });

  it("gives sizes as estimates until the hub was asked, then what the hub has", async () => {
    const sent = answerWith({
      ...routes,
      "POST /api/models/repository": {
        repository: qwen.repository,
        sha: commit,
        license: "apache-2.0",
        gated: true,
        variants: [{ dtype: "fp16", name: "qwen3-0.6b-fp16", bytes: 1_203_000_000, files: 6 }],
      },
    });
    open();
    await screen.findByText("paper-q4");
    expect(sent).toEqual([]);
    expect(row("Qwen3 0.6B").getByRole("combobox").textContent).toMatch(/^q4, about \d+ MB$/);
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Check sizes" }));
    await row("Qwen3 0.6B").findByText("fp16, 1.20 GB");
    expect(row("Qwen3 0.6B").getByText(/licence has to be accepted/)).toBeTruthy();
    expect(sent).toEqual([
      {
        method: "POST",
        path: "/api/models/repository",
        body: { repository: qwen.repository, revision: "main" },
      },
    ]);
    await expectNoAxeViolations();
  });

  it("starts a download and shows it in its row", async () => {
    const sent = answerWith({ ...routes, "POST /api/models/downloads": qwen });
    open();
    await screen.findByText("paper-q4");
    answerWith({ ...routes, "GET /api/models/downloads": [qwen], "POST /api/models/downloads": qwen });
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Download Qwen3 0.6B, q4" }));
    const bar = await row("Qwen3 0.6B").findByRole("progressbar", { name: "Download of qwen3-0.6b-q4" });
    expect([bar.getAttribute("aria-valuenow"), bar.getAttribute("aria-valuetext")]).toEqual([
      "62",
      "704 MB of 1.12 GB, is being fetched",
    ]);
    // 16 MB a tile: 44 whole ones, and the one that is being fetched.
    expect(bar.children).toHaveLength(70);
    expect(bar.querySelectorAll(".bg-fg-muted")).toHaveLength(44);
    expect(bar.querySelectorAll(".bg-live-solid")).toHaveLength(1);
    expect(row("Qwen3 0.6B").getByText("18 MB/s, 23 s left")).toBeTruthy();
    expect(row("Qwen3 0.6B").getByText("5 of 6 files checked")).toBeTruthy();
    expect(
      screen.getByText("1 download, 416 MB to go, one tile is 16 MB. It continues while you work."),
    ).toBeTruthy();
    expect(sent).toEqual([]);
    await expectNoAxeViolations();
  });

  it("says what the hub wants, and leads to where it is entered", async () => {
    answerWith({
      ...routes,
      "POST /api/models/downloads": new Refusal(422, "unprocessable", "Accept the licence first.", [
        { path: "token", message: "Accept the licence first." },
      ]),
    });
    open();
    await screen.findByText("paper-q4");
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Download Qwen3 0.6B, q4" }));
    expect((await row("Qwen3 0.6B").findByRole("alert")).textContent).toContain("Accept the licence first.");
    await expectNoAxeViolations();
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Enter a token" }));
    expect(window.location.search).toBe("?hub");
  });
});
