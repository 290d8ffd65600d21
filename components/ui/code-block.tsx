"use client";
import { CopyButton } from "./copy-button";
import { cx } from "./cx";

interface CodeBlockProps {
  code: string;
  /** What it is, for the copy button's name. */
  label: string;
  wrap?: boolean;
  className?: string;
}

/** Code in a well, with Copy. */
export function CodeBlock({ code, label, wrap, className }: CodeBlockProps) {
  return (
    <div className={cx("relative rounded-2 border bg-sunken", className)}>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={cx(
          "overflow-x-auto py-2.5 pr-11 pl-3 text-small leading-5",
          wrap && "break-words whitespace-pre-wrap",
        )}
      >
        <code>{code}</code>
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-2 bg-sunken">
        <CopyButton text={code} label={`Copy ${label}`} compact />
      </div>
    </div>
  );
}
