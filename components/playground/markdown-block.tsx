"use client";
import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Components, type ExtraProps } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { CodeBlock } from "@/components/ui/code-block";
import { StreamCaret } from "@/components/ui/stream-caret";
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

const remarkPlugins = [remarkGfm];
const safely: [typeof inWords, [typeof rehypeSanitize, typeof answerSchema]] = [
  inWords,
  [rehypeSanitize, answerSchema],
];
const safelyWithCaret = [...safely, caretAtEnd];

interface MarkdownBlockProps {
  text: string;
  live: boolean;
}

/** A block of an answer. One that did not change is not read again. */
export const MarkdownBlock = memo(function MarkdownBlock({ text, live }: MarkdownBlockProps) {
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={live ? safelyWithCaret : safely}
      components={components}
    >
      {text}
    </ReactMarkdown>
  );
});
