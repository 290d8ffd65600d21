// @vitest-environment jsdom
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { lineStep } from "@/components/playground/line-step";
import { Probabilities } from "@/components/playground/probabilities";
import { inPieces } from "@/components/playground/scored-tokens";
import type { ScoredToken } from "@/lib/playground/document";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import "../support/patience";

standInForBrowser();

const scored = (token: string, probability: number, top: [string, number][] = []): ScoredToken => ({
  token,
  logprob: Math.log(probability),
  top: top.map(([other, share]) => [other, Math.log(share)]),
});

const tokens = [
  scored("The", 0.95),
  scored(" sky", 0.8),
  scored(" is", 0.99),
  scored(" green", 0.1, [
    [" blue", 0.85],
    [" green", 0.1],
  ]),
  scored("\n", 0.5),
];

const option = (name: RegExp) => screen.getByRole("option", { name });
const detail = () => document.getElementById(document.activeElement?.getAttribute("aria-describedby") ?? "");

describe("an answer by its tokens", () => {
  it("shows every token with its spaces and its probability, and no one by colour alone", async () => {
    render(<Probabilities tokens={tokens} />);
    expect(screen.getAllByRole("option").map((node) => node.getAttribute("aria-label"))).toEqual([
      "The, 95.0\u2009%",
      "␣sky, 80.0\u2009%",
      "␣is, 99.0\u2009%",
      "␣green, 10.0\u2009%",
      "⏎, 50.0\u2009%",
    ]);
    expect(option(/green/).className).toContain("decoration-double");
    expect(option(/The/).className).not.toContain("decoration");
    await expectNoAxeViolations();
  });

  it("sums them up and jumps to the least certain", () => {
    render(<Probabilities tokens={tokens} />);
    const perplexity = Math.exp(-tokens.reduce((sum, { logprob }) => sum + logprob, 0) / tokens.length);
    expect(screen.getByText("Perplexity").nextSibling?.textContent).toBe(perplexity.toFixed(2));
    expect(screen.getByText("Mean probability").nextSibling?.textContent).toBe("66.8\u2009%");
    fireEvent.click(screen.getByRole("button", { name: "Show the least certain token, ␣green" }));
    expect(document.activeElement).toBe(option(/green/));
    expect(detail()?.textContent).toContain("␣blue");
    expect(detail()?.textContent).toContain("logprob −2.303");
  });

  it("is walked with the arrow keys, one stop for the Tab key", () => {
    render(<Probabilities tokens={tokens} />);
    option(/The/).focus();
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    press("ArrowRight");
    expect(document.activeElement).toBe(option(/sky/));
    press("End");
    expect(document.activeElement).toBe(option(/⏎/));
    press("ArrowRight");
    expect(document.activeElement).toBe(option(/⏎/));
    press("ArrowLeft");
    expect(document.activeElement).toBe(option(/green/));
    expect(screen.getAllByRole("option").filter((node) => node.tabIndex === 0)).toEqual([option(/green/)]);
    press("Home");
    expect(document.activeElement).toBe(option(/The/));
  });

  it("shows the token under the pointer, and the focused one again when it leaves", () => {
    render(<Probabilities tokens={tokens} />);
    fireEvent.pointerOver(option(/green/));
    expect(screen.getByRole("list", { name: "The likeliest here" }).textContent).toContain(
      "␣blue85.0\u2009%",
    );
    fireEvent.pointerLeave(screen.getByRole("listbox"));
    expect(screen.queryByRole("list", { name: "The likeliest here" })).toBeNull();
  });

  it("says what is missing", () => {
    const { rerender } = render(<Probabilities tokens={[]} />);
    expect(screen.getByText("No probabilities came with this answer.")).toBeTruthy();
    rerender(<Probabilities tokens={tokens} truncated />);
    expect(screen.getByText(/first 5 tokens; the answer is longer/)).toBeTruthy();
  });

  it("renders again only the pieces that a step touches", () => {
    const many = Array.from({ length: 4_000 }, (_, index) =>
      scored(index % 20 === 19 ? "\n" : ` w${index}`, 0.5),
    );
    const pieces = inPieces(many);
    expect(pieces.flatMap((piece) => piece.tokens)).toEqual(many);
    expect(Math.max(...pieces.map((piece) => piece.tokens.length))).toBeLessThanOrEqual(140);
    render(<Probabilities tokens={many} />);
    const node = (index: number) => document.querySelector<HTMLElement>(`[data-token="${index}"]`);
    const far = node(3_999)?.parentElement ?? document.body;
    let touched = 0;
    const watcher = new MutationObserver((changes) => {
      touched += changes.length;
    });
    watcher.observe(far, { subtree: true, attributes: true, childList: true });
    node(0)?.focus();
    fireEvent.keyDown(node(0) ?? far, { key: "ArrowRight" });
    expect(document.activeElement).toBe(node(1));
    touched += watcher.takeRecords().length;
    expect(touched).toBe(0);
    fireEvent.keyDown(node(1) ?? far, { key: "End" });
    touched += watcher.takeRecords().length;
    expect(touched).toBeGreaterThan(0);
    watcher.disconnect();
  });
});

describe("the token above and below", () => {
  const places = [
    [0, 0],
    [0, 40],
    [0, 90],
    [20, 0],
    [20, 60],
    [40, 0],
  ].map(([top = 0, left = 0]) => ({ top, left }));
  const step = (from: number, by: 1 | -1) => lineStep((index) => places[index], from, by);

  it("is the nearest of the next line", () => {
    expect([step(0, 1), step(1, 1), step(2, 1), step(4, 1)]).toEqual([3, 4, 4, 5]);
    expect([step(5, -1), step(4, -1), step(3, -1)]).toEqual([3, 1, 0]);
  });

  it("is the same where there is no such line", () => {
    expect([step(1, -1), step(5, 1), step(99, 1)]).toEqual([1, 5, 99]);
  });
});
