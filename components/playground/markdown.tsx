"use client";
import { useMemo, useState } from "react";
import { AnswerCode } from "./answer-code";
import { BlockReader } from "./blocks";
import { MarkdownSection } from "./markdown-section";

const prose = [
  "space-y-2.5 break-words [&_del]:bg-transparent [&_del]:text-inherit",
  "[&_ul]:list-disc [&_ol]:list-decimal [&_ul]:pl-5 [&_ol]:pl-5 [&_li]:my-0.5 [&_p+p]:mt-2.5 [&_li>p+*]:mt-1.5",
  "[&_h3]:text-title [&_:is(h4,h5,h6)]:font-strong [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-fg-muted",
  "[&_:not(pre)>code]:rounded-1 [&_:not(pre)>code]:bg-sunken [&_:not(pre)>code]:px-1 [&_:not(pre)>code]:text-small",
  "[&_:is(th,td)]:border [&_:is(th,td)]:px-2 [&_:is(th,td)]:py-1 [&_th]:text-left [&_table]:text-base",
].join(" ");

/** An answer of so many characters is read at once; of a longer one first its beginning and its end. */
const short = 20_000;

interface MarkdownProps {
  text: string;
  /** Being written now: the gold tile stands behind its last word. */
  live?: boolean;
}

/** A model's answer as Markdown: no raw HTML, nothing loaded from elsewhere. */
export function Markdown({ text, live = false }: MarkdownProps) {
  const [reader] = useState(() => new BlockReader());
  const pieces = useMemo(() => reader.read(text), [reader, text]);
  const last = pieces.length - 1;
  return (
    <div className={prose}>
      {pieces.map((piece, index) => {
        const isLive = live && index === last;
        const eager = text.length <= short || index === 0 || index >= last - 1;
        return piece.kind === "code" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added at the end.
          <AnswerCode key={index} piece={piece} live={isLive} eager={eager} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added at the end.
          <MarkdownSection key={index} piece={piece} live={isLive} eager={eager} />
        );
      })}
    </div>
  );
}
