"use client";
import Link from "next/link";
import { useId } from "react";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { KindIcon } from "@/components/ui/kind-icon";
import { kindNoun } from "@/lib/access";
import type { TreeEntry } from "@/lib/catalog";
import { FullName } from "./full-name";
import { catalogPath } from "./paths";
import { useTreeState } from "./tree-state";
import { iconOf } from "./words";

interface TreeItemProps {
  entry: TreeEntry;
  level: number;
  /** Found by its name: shown with what it lies in. */
  found?: boolean;
}

/** One object in the tree, with what is in it when it is open. */
export function TreeItem({ entry, level, found }: TreeItemProps) {
  const { current, active, isOpen, toggle, onActive, onOpened, branch } = useTreeState();
  const { id, kind, name, fullName, children, isBrowseOnly } = entry;
  const isContainer = children !== undefined && !found;
  const open = isContainer && isOpen(entry);
  const selected = current === fullName;
  const group = useId();
  const locked = isBrowseOnly ? ", by name only" : "";
  return (
    <li role="none">
      <div
        role="treeitem"
        aria-level={level}
        aria-expanded={isContainer ? open : undefined}
        aria-selected={selected}
        aria-label={`${found ? fullName : name}, ${kindNoun(kind)}${locked}`}
        aria-owns={open ? group : undefined}
        data-id={id}
        data-name={name}
        tabIndex={active === id ? 0 : -1}
        onFocus={(event) => event.target === event.currentTarget && onActive(id)}
        className={cx(
          "flex h-6.75 items-center gap-1.5 rounded-2 pr-2 focus-visible:-outline-offset-2 pointer-coarse:h-11",
          selected ? "bg-accent-bg font-strong text-fg" : "text-fg-muted hover:bg-hover",
        )}
        style={{ paddingLeft: 2 + (level - 1) * 15 }}
      >
        {isContainer ? (
          <button
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            data-toggle=""
            onClick={() => toggle(entry)}
            className="grid h-full w-4 flex-none place-items-center text-fg-subtle pointer-coarse:w-8"
          >
            <Icon name={open ? "chevron-down" : "chevron-right"} size={14} />
          </button>
        ) : (
          <span className="w-4 flex-none" />
        )}
        <Link
          href={catalogPath(entry)}
          tabIndex={-1}
          aria-hidden="true"
          onClick={onOpened}
          className="flex min-w-0 flex-1 items-center gap-1.5 self-stretch"
        >
          <KindIcon kind={iconOf(kind)} />
          {found ? <FullName object={entry} /> : <span className="truncate">{name}</span>}
        </Link>
        {isBrowseOnly ? (
          <span title="You know it by name only: nothing in it was granted to you." className="flex-none">
            <Icon name="lock" size={14} className="text-fg-subtle" />
          </span>
        ) : (
          isContainer && (
            <span
              data-count={open ? "" : children}
              className="flex-none text-micro text-fg-subtle before:content-[attr(data-count)]"
            />
          )
        )}
      </div>
      {open && <div id={group}>{branch(id, level + 1)}</div>}
    </li>
  );
}
