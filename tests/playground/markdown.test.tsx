// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it, vi } from "vitest";
import { Markdown } from "@/components/playground/markdown";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import { loads, scripts } from "./harmful";
import "../support/patience";

standInForBrowser();

const show = (text: string, live = false) => render(<Markdown text={text} live={live} />).container;

const allowed = new Set(
  "DIV P BR HR H3 H4 H5 H6 BLOCKQUOTE PRE CODE SPAN STRONG EM DEL A UL OL LI TABLE THEAD TBODY TR TH TD SUP SECTION BUTTON svg path".split(
    " ",
  ),
);

/** What in a tree could run or load something: elements that are not of an answer, attributes, addresses. */
function harmsIn(root: ParentNode): string[] {
  return [...root.querySelectorAll("*")].flatMap((element) => [
    ...(allowed.has(element.tagName) ? [] : [element.tagName]),
    ...[...element.attributes]
      .filter(({ name, value }) =>
        name === "href"
          ? !/^(https?|mailto):/.test(value)
          : /^on|^src|^style$|^srcdoc$|^background$|^poster$|^id$|^action$|^ping$|^data$/.test(name),
      )
      .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
  ]);
}

function expectHarmless(container: HTMLElement): void {
  expect(harmsIn(container)).toEqual([]);
  expect((window as { hit?: number }).hit).toBeUndefined();
}

/** The same text with nothing in between, in a document that neither runs nor loads. */
function withoutProtection(text: string): HTMLElement {
  const made = gfmHtml();
  // Without GitHub's own filter of nine elements.
  delete made.exit?.htmlFlowData;
  delete made.exit?.htmlTextData;
  const html = micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [made],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
  const { body } = document.implementation.createHTMLDocument("");
  body.innerHTML = html;
  return body;
}

describe("what a model writes", () => {
  for (const [name, text] of Object.entries(scripts)) {
    it(`runs nothing: ${name}`, () => expectHarmless(show(text)));
  }

  for (const [name, text] of Object.entries(loads)) {
    it(`loads nothing: ${name}`, () => {
      const image = vi.spyOn(window, "Image");
      const container = show(text);
      expectHarmless(container);
      expect(
        container.querySelector("img, picture, video, audio, iframe, object, embed, link, meta"),
      ).toBeNull();
      expect(image).not.toHaveBeenCalled();
    });
  }

  it.each(Object.entries({ ...scripts, ...loads }))("would do harm without protection: %s", (_, text) => {
    expect(harmsIn(withoutProtection(text))).not.toEqual([]);
  });

  it("does no harm in the names that stand beside it", () => {
    expectHarmless(show('[x](https://a.example "\\" onmouseover=window.hit=1")'));
    expectHarmless(show("```<img/src=x/onerror=window.hit=1>\nx\n```"));
    expectHarmless(show("| <img src=x onerror=window.hit=1> |\n|---|\n| x |"));
  });

  it("stays harmless cut anywhere, as it streams", () => {
    const text = Object.values({ ...scripts, ...loads }).join("\n\n");
    for (let at = 1; at < text.length; at += 97) {
      const { container, unmount } = render(<Markdown text={text.slice(0, at)} live />);
      expectHarmless(container);
      unmount();
    }
  });

  it("says where an image would have come from", () => {
    expect(show("![chart](https://evil.example/a.png)").textContent).toBe(
      "[image not loaded: chart, https://evil.example/a.png]",
    );
  });

  it("shows raw HTML as the text it is", () => {
    expect(show("Use <b>bold</b> and <br>.").textContent).toBe("Use <b>bold</b> and <br>.");
  });

  it("writes the address beside a link and opens it without a way back", () => {
    const link = show("[Bank](https://evil.example/login)").querySelector("a");
    expect(link?.textContent).toBe("Bank (https://evil.example/login)");
    expect(link?.rel.split(" ")).toEqual(expect.arrayContaining(["noopener", "noreferrer"]));
    expect(link?.target).toBe("_blank");
  });

  it("keeps what Markdown is for", async () => {
    const container = show(
      "# Title\n\nA **bold** word, `code`.\n\n1. one\n2. two\n   - inner\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n\n```ts\nconst a = 1;\n```\n",
    );
    expect(container.querySelector("h3")?.textContent).toBe("Title");
    expect(container.querySelector("strong")?.textContent).toBe("bold");
    expect(container.querySelectorAll("ol > li")).toHaveLength(2);
    expect(container.querySelectorAll("td")).toHaveLength(2);
    expect(container.querySelector("pre")?.textContent).toBe("const a = 1;");
    expect(container.textContent).toContain("☑ done");
    await expectNoAxeViolations();
  });

  it("ends in the caret while it is written, wherever the text ends", () => {
    for (const text of ["Words", "- one\n- two", "> quoted", "| a |\n|---|\n| 1 |", "# Head", "```\ncode"]) {
      const { container, unmount } = render(<Markdown text={text} live />);
      expect(container.querySelectorAll('[aria-hidden="true"].bg-gold')).toHaveLength(1);
      unmount();
      expect(show(text).querySelector(".bg-gold")).toBeNull();
    }
    const end = show("one\n\ntwo", true).querySelector("p:last-child");
    expect(end?.lastElementChild?.className).toContain("bg-gold");
  });
});
