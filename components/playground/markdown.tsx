"use client";
import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Components, type ExtraProps } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { CodeBlock } from "@/components/ui/code-block";
import { StreamCaret } from "@/components/ui/stream-caret";
import { splitBlocks } from "./blocks";
import { caretAtEnd } from "./caret-at-end";
import { answerSchema, inWords } from "./untrusted-html";

function textOf(node: ExtraProps["node"]): string {
  const parts = node?.children.map((child) =>
    child.type === "text" ? child.value : child.type === "element" ? textOf(child) : "",
  );
  return parts?.join("") ?? "";
}

/** The address stands beside the words: what a model calls a link and where it leads may differ. */
function Link({ href, children }: { href?: string; children?: ReactNode }) {
  if (!href) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline">
      {children}
      {children !== href && <span className="text-fg-subtle no-underline"> ({href})</span>}
    </a>
  );
}

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  // The page has its own h1 and h2; an answer's outline starts below them.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  input: ({ checked }) => <span>{checked ? "☑" : "☐"}</span>,
  pre: ({ node }) => <CodeBlock code={textOf(node).replace(/\n$/, "")} label="code" className="my-2.5" />,
  span: ({ node, children }) =>
    node?.properties.dataCaret === undefined ? <span>{children}</span> : <StreamCaret />,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="my-2.5 overflow-x-auto" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
};

interface BlockProps {
  text: string;
  live: boolean;
}

const Block = memo(function Block({ text, live }: BlockProps) {
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[inWords, [rehypeSanitize, answerSchema], ...(live ? [caretAtEnd] : [])]}
      components={components}
    >
      {text}
    </ReactMarkdown>
  );
});

const prose = [
  "space-y-2.5 break-words [&_del]:bg-transparent [&_del]:text-inherit",
  "[&_ul]:list-disc [&_ol]:list-decimal [&_ul]:pl-5 [&_ol]:pl-5 [&_li]:my-0.5 [&_p+p]:mt-2.5 [&_li>p+*]:mt-1.5",
  "[&_h3]:text-title [&_:is(h4,h5,h6)]:font-strong [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-fg-muted",
  "[&_:not(pre)>code]:rounded-1 [&_:not(pre)>code]:bg-sunken [&_:not(pre)>code]:px-1 [&_:not(pre)>code]:text-small",
  "[&_:is(th,td)]:border [&_:is(th,td)]:px-2 [&_:is(th,td)]:py-1 [&_th]:text-left [&_table]:text-base",
].join(" ");

interface MarkdownProps {
  text: string;
  /** Being written now: the gold tile stands behind its last word. */
  live?: boolean;
}

/** A model's answer as Markdown: no raw HTML, nothing loaded from elsewhere. */
export function Markdown({ text, live = false }: MarkdownProps) {
  const blocks = splitBlocks(text);
  return (
    <div className={prose}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added at the end.
        <Block key={index} text={block} live={live && index === blocks.length - 1} />
      ))}
    </div>
  );
}
