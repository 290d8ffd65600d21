// @vitest-environment jsdom
import { act, render } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Markdown } from "@/components/playground/markdown";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import "../support/patience";

standInForBrowser();

const part = `## Head\n\n${"Some **words** of an answer, with `code` in it.\n\n".repeat(20)}\`\`\`ts\nconst a = 1;\n\`\`\`\n\n`;
const answerOf = (size: number) => part.repeat(Math.ceil(size / part.length)).slice(0, size);

/** Nothing is in sight until it is said to be: jsdom lays nothing out. */
function standInForSight(): { show: (element: Element) => void } {
  const watched = new Map<Element, () => void>();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(private readonly hear: (entries: { isIntersecting: boolean; target: Element }[]) => void) {}
      observe(target: Element) {
        watched.set(target, () => this.hear([{ isIntersecting: true, target }]));
      }
      unobserve(target: Element) {
        watched.delete(target);
      }
      disconnect() {}
    },
  );
  return { show: (element) => act(() => watched.get(element)?.()) };
}

describe("a long answer", () => {
  it("touches nothing that stands while it is being written", () => {
    const text = answerOf(60_000);
    const { container, rerender } = render(<Markdown text={text} live />);
    const touched = new Set<Node>();
    const watcher = new MutationObserver((changes) => {
      for (const { target } of changes) touched.add(target);
    });
    const [prose] = container.children;
    const pieces = [...(prose?.children ?? [])];
    watcher.observe(container, { subtree: true, childList: true, characterData: true, attributes: true });
    let longer = text;
    for (let step = 0; step < 40; step++) {
      longer += " more words";
      rerender(<Markdown text={longer} live />);
    }
    for (const { target } of watcher.takeRecords()) touched.add(target);
    watcher.disconnect();
    expect(pieces.length).toBeGreaterThan(20);
    expect(container.textContent).toContain("more words more words");
    const changed = pieces.filter((piece) => [...touched].some((node) => piece.contains(node)));
    // The last may have been cut in two.
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((piece) => pieces.indexOf(piece) >= pieces.length - 2)).toBe(true);
  });

  it("is read at its ends first, and elsewhere when it comes near", async () => {
    const sight = standInForSight();
    const { container } = render(<Markdown text={`${answerOf(100_000)}\n\nThe **end**.`} />);
    const far = [...container.querySelectorAll("p.whitespace-pre-wrap")];
    expect(far.length).toBeGreaterThan(10);
    // What is far is there as text, so that it can be searched.
    expect(far[0]?.textContent).toContain("Some **words** of an answer");
    expect(container.querySelector("h4")?.textContent).toBe("Head");
    expect([...container.querySelectorAll("strong")].at(-1)?.textContent).toBe("end");
    const section = far[5]?.parentElement ?? container;
    sight.show(section);
    expect(section.querySelector("strong")?.textContent).toBe("words");
    expect(container.querySelectorAll("p.whitespace-pre-wrap")).toHaveLength(far.length - 1);
    await expectNoAxeViolations();
  });

  it("is read whole where it is not long, and where nobody can say what is near", () => {
    standInForSight();
    const short = render(<Markdown text={answerOf(6_000)} />);
    expect(short.container.querySelector("p.whitespace-pre-wrap")).toBeNull();
    vi.stubGlobal("IntersectionObserver", undefined);
    const long = render(<Markdown text={answerOf(60_000)} />);
    expect(long.container.querySelector("p.whitespace-pre-wrap")).toBeNull();
  });

  it("of one piece of code is code in chunks, copied whole", async () => {
    const code = Array.from({ length: 4_000 }, (_, line) => `const line${line} = ${line};`).join("\n");
    const writeText = vi.fn(async (_: string) => undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
    const { container, getByRole } = render(<Markdown text={`Here:\n\n\`\`\`ts\n${code}\n\`\`\`\n`} />);
    expect(container.querySelectorAll("pre")).toHaveLength(1);
    expect(container.querySelectorAll("pre code").length).toBeGreaterThan(5);
    expect(container.querySelector("pre")?.textContent).toBe(code);
    await act(async () => getByRole("button", { name: "Copy code" }).click());
    expect(writeText).toHaveBeenCalledWith(code);
  });

  it("takes a fence's own indent off its lines", () => {
    const { container } = render(<Markdown text={"  ```\n  a\n    b\n c\n  ```"} />);
    expect(container.querySelector("pre")?.textContent).toBe("a\n  b\nc");
  });

  it("repeats a table's head where it is cut", () => {
    const rows = Array.from({ length: 600 }, (_, row) => `| row ${row} | value |`).join("\n");
    const { container } = render(<Markdown text={`| name | of |\n|---|---|\n${rows}`} />);
    const tables = [...container.querySelectorAll("table")];
    expect(tables.length).toBeGreaterThan(2);
    for (const table of tables) expect(table.querySelector("th")?.textContent).toBe("name");
    expect(container.querySelectorAll("tbody tr")).toHaveLength(600);
  });
});
