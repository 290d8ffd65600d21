"use client";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import type { PromptViewState, Side } from "../use-prompt-view";

interface ListedRowProps {
  side: Side;
  name: string;
  /** Behind the name: aliases. */
  chips?: ReactNode;
  message: string;
  view: PromptViewState;
  /** Who and when, at the left; figures, at the right. */
  children: ReactNode;
}

/** One version of the list: pressing it shows it on the right, "left" holds that against it. */
export function ListedRow({ side, name, chips, message, view, children }: ListedRowProps) {
  const { version, against, change } = view;
  const at = side === version ? "right" : side === against ? "left" : undefined;
  return (
    <li
      className={cx(
        "group relative grid gap-1 border-b px-4 py-2.5",
        at
          ? "bg-surface before:absolute before:inset-y-0 before:left-0 before:w-0.75 before:bg-accent"
          : "hover:bg-hover",
      )}
    >
      <div className="flex min-h-5.5 flex-wrap items-center gap-2">
        <button
          type="button"
          aria-pressed={at === "right"}
          onClick={() => change(side === against ? { version: side, against: version } : { version: side })}
          className="min-w-5.5 text-left font-strong after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:-outline-offset-2 after:focus-visible:outline-accent"
        >
          {name}
          <span className="sr-only">: {message}</span>
        </button>
        {chips}
        <SideMark side={side} name={name} at={at} view={view} />
      </div>
      <p aria-hidden="true" className="truncate">
        {message}
      </p>
      <div className="flex items-center gap-2 text-small text-fg-subtle">{children}</div>
    </li>
  );
}

interface SideMarkProps {
  side: Side;
  name: string;
  at: "left" | "right" | undefined;
  view: PromptViewState;
}

/** Which side it is on; the draft is never the left one, what is compared with it always exists. */
function SideMark({ side, name, at, view: { change } }: SideMarkProps) {
  if (at) return <span className="ml-auto text-micro text-fg-subtle">{at}</span>;
  if (side === "draft") return null;
  return (
    <button
      type="button"
      aria-label={`Compare with ${name} on the left`}
      onClick={() => change({ against: side })}
      className="relative z-1 ml-auto rounded-1 px-1 text-micro text-accent opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:underline pointer-coarse:-my-2.75 pointer-coarse:min-h-11 pointer-coarse:px-3 pointer-coarse:opacity-100"
    >
      set left
    </button>
  );
}
