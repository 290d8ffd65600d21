interface Node {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

const descends = new Set("p ul ol li blockquote h1 h2 h3 h4 h5 h6 table thead tbody tr th td".split(" "));

/** A rehype plugin: marks the place behind the last word, wherever the text ends. Runs after the sanitizer. */
export function caretAtEnd() {
  return (tree: object) => {
    let node = tree as Node;
    for (;;) {
      const last = node.children?.findLast((child) => child.type !== "text" || child.value?.trim());
      if (!last?.tagName || !descends.has(last.tagName)) break;
      node = last;
    }
    node.children = [
      ...(node.children ?? []),
      { type: "element", tagName: "span", properties: { dataCaret: "" }, children: [] },
    ];
  };
}
