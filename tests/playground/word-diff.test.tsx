// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { DiffCounts } from "@/components/playground/diff-counts";
import { WordDiff } from "@/components/playground/word-diff";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import "../support/patience";

standInForBrowser();

const before = "The battery was replaced twice.\nThey are tired.";
const after = "The battery was changed twice.\nThey are tired, too.";

describe("the difference of two answers", () => {
  it("marks added and removed words by element, not by colour alone, and says so to the ear", async () => {
    const { container } = render(<WordDiff before={before} after={after} />);
    expect(container.querySelector("del")?.textContent).toBe("[removed: replaced] ");
    expect(container.querySelector("ins")?.textContent).toBe("[added: changed] ");
    for (const spoken of container.querySelectorAll(".sr-only")) spoken.remove();
    for (const gone of container.querySelectorAll("del")) gone.remove();
    expect(container.textContent).toBe(after);
    await expectNoAxeViolations();
  });

  it("shows the end of a line that came or went", () => {
    const { container } = render(<WordDiff before={"one\n\ntwo"} after={"one\ntwo"} />);
    expect(container.querySelector("del")?.textContent).toBe("[removed: ↵\n] ");
    expect(container.querySelector("ins")).toBeNull();
  });

  it("says it when nothing changed", () => {
    const { container } = render(<WordDiff before={before} after={before} />);
    expect(container.textContent).toContain("The same, word for word.");
    expect(container.querySelector("ins, del")).toBeNull();
  });

  it("follows an answer that is still being written", () => {
    const { container, rerender } = render(<WordDiff before={before} after="The battery" />);
    rerender(<WordDiff before={before} after={before} />);
    expect(container.textContent).toContain("The same, word for word.");
  });

  it("is counted in words", async () => {
    const { container } = render(<DiffCounts before={before} after={after} />);
    expect(container.querySelector("[aria-hidden]")?.textContent).toBe("+2 −1");
    expect(container.querySelector(".sr-only")?.textContent).toBe("2 words added, 1 removed");
    await expectNoAxeViolations();
  });
});
