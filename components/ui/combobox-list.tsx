"use client";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";
import { type Kind, KindIcon } from "./kind-icon";
import { Marked } from "./marked";

export interface ComboboxEntry {
  value: string;
  label: string;
  kind?: Kind;
  icon?: IconName;
  detail?: ReactNode;
  /** Why it cannot be chosen; shown in place of the detail. */
  disabledReason?: string;
  group?: string;
}

interface ComboboxListProps {
  id: string;
  shown: readonly ComboboxEntry[];
  query: string;
  value: string | undefined;
  active: number;
  onActive: (index: number) => void;
  onChoose: (index: number) => void;
  empty: ReactNode;
}

/** The entries that match, with the match marked; focus stays in the input. */
export function ComboboxList({
  id,
  shown,
  query,
  value,
  active,
  onActive,
  onChoose,
  empty,
}: ComboboxListProps) {
  if (shown.length === 0) {
    return (
      <p id={id} role="status" className="px-2 py-1.5 text-small text-fg-subtle">
        {empty}
      </p>
    );
  }
  return (
    <div id={id} role="listbox" aria-label="Matches" className="max-h-72 overflow-y-auto">
      {shown.map((entry, index) => (
        <div key={entry.value} role="presentation">
          {entry.group !== undefined && entry.group !== shown[index - 1]?.group && (
            <div role="presentation" className="px-2 pt-1.5 pb-0.5 text-micro text-fg-subtle">
              {entry.group}
            </div>
          )}
          <div
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={entry.value === value}
            aria-disabled={entry.disabledReason !== undefined || undefined}
            ref={(node) => {
              if (index === active) node?.scrollIntoView?.({ block: "nearest" });
            }}
            onPointerMove={() => onActive(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(index)}
            onKeyDown={() => undefined}
            className={cx(
              "flex min-h-(--h-control) items-center gap-2 rounded-1 px-2 [&_mark]:no-underline",
              index === active && "bg-accent-bg",
              entry.disabledReason === undefined ? "cursor-pointer" : "text-fg-subtle",
            )}
          >
            {entry.kind && <KindIcon kind={entry.kind} />}
            {entry.icon && <Icon name={entry.icon} className="text-fg-muted" />}
            <span className="min-w-0 truncate">
              <Marked text={entry.label} query={query} />
            </span>
            <span className="ml-auto flex flex-none items-center gap-1.5 pl-2 text-micro text-fg-subtle">
              {entry.disabledReason ?? entry.detail}
              {entry.value === value && <Icon name="check" size={14} className="text-fg-muted" />}
            </span>
          </div>
        </div>
      ))}
    </div>
  );
}
