"use client";
import { Fragment, memo, useDeferredValue, useMemo } from "react";
import { type DiffPart, wordDiff } from "@/lib/playground/client";

/** A line's end that came or went shows as a sign; that it is one, the break itself says to the ear. */
function Changed({ text }: { text: string }) {
  return text.split("\n").map((line, index, { length }) => {
    if (index === length - 1) return line;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place.
      <Fragment key={index}>
        {line}
        <span aria-hidden="true">↵</span>
        {"\n"}
      </Fragment>
    );
  });
}

function Part({ kind, text }: DiffPart) {
  if (kind === "same") return <>{text}</>;
  if (kind === "insert") {
    return (
      <ins>
        <span className="sr-only select-none">[added: </span>
        <Changed text={text} />
        <span className="sr-only select-none">] </span>
      </ins>
    );
  }
  return (
    <del>
      <span className="sr-only select-none">[removed: </span>
      <Changed text={text} />
      <span className="sr-only select-none">] </span>
    </del>
  );
}

interface WordDiffProps {
  before: string;
  after: string;
}

/** What became of one answer in another: added words tinted and underlined, removed ones tinted and struck through. */
export const WordDiff = memo(function WordDiff({ before, after }: WordDiffProps) {
  // Either side may still be streaming, and typing comes first.
  const old = useDeferredValue(before);
  const now = useDeferredValue(after);
  const parts = useMemo(() => wordDiff(old, now), [old, now]);
  if (parts.every(({ kind }) => kind === "same")) {
    return (
      <div className="text-read break-words whitespace-pre-wrap">
        <p className="mb-2 text-small text-fg-subtle">The same, word for word.</p>
        {now}
      </div>
    );
  }
  return (
    <div className="text-read break-words whitespace-pre-wrap [&_:is(ins,del)]:box-decoration-clone">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run has no other name than its place.
        <Part key={index} {...part} />
      ))}
    </div>
  );
});
