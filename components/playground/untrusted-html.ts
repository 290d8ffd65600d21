import { defaultSchema } from "rehype-sanitize";

interface Node {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

const media = new Set(["img", "picture", "source", "video", "audio", "iframe", "object", "embed"]);

function words(value: string): Node {
  return { type: "text", value };
}

/** What would be fetched becomes words: an image's address can carry a conversation away (CVE-2025-32711). */
function mediaInWords(node: Node): Node {
  const { alt, src } = node.properties ?? {};
  const name = typeof alt === "string" && alt !== "" ? `${alt}, ` : "";
  const address = typeof src === "string" ? src : "no address";
  return {
    type: "element",
    tagName: "span",
    properties: {},
    children: [words(`[image not loaded: ${name}${address}]`)],
  };
}

function walk(node: Node): void {
  node.children = node.children?.map((child) => {
    if (child.type === "raw") return words(child.value ?? "");
    return media.has(child.tagName ?? "") ? mediaInWords(child) : child;
  });
  for (const child of node.children ?? []) walk(child);
}

/** A rehype plugin, to run before the sanitizer: raw HTML and media become the text that they were written as. */
export function inWords() {
  return (tree: object) => walk(tree as Node);
}

/**
 * The elements that an answer may have. Applied to the tree after Markdown was parsed, since text cleaned
 * before parsing can be made harmful by it (CVE-2026-44568). No ids, classes, styles, media or forms.
 */
export const answerSchema: typeof defaultSchema = {
  ...defaultSchema,
  tagNames: [
    ...["p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "span"],
    ...["strong", "em", "del", "a", "ul", "ol", "li", "input"],
    ...["table", "thead", "tbody", "tr", "th", "td", "sup"],
  ],
  attributes: {
    a: ["href"],
    ol: ["start"],
    th: ["align"],
    td: ["align"],
    input: [["type", "checkbox"], "checked", ["disabled", true]],
  },
  required: { input: { type: "checkbox", disabled: true } },
  protocols: { href: ["http", "https", "mailto"] },
};
