"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { treePagesQuery } from "@/lib/catalog/client";
import { TreeItem } from "./tree-item";
import { TreeLine } from "./tree-line";
import { useTreeState } from "./tree-state";

interface TreeBranchProps {
  parent: string;
  level: number;
}

/** What lies in an open container, 200 at a time. */
export function TreeBranch({ parent, level }: TreeBranchProps) {
  const { active, onActive, settle } = useTreeState();
  useEffect(settle);
  const pages = useInfiniteQuery(treePagesQuery({ parent }));
  if (pages.isPending) return <TreeLine level={level}>Reading…</TreeLine>;
  if (pages.isError && !pages.data) {
    return (
      <TreeLine level={level}>
        Not read.{" "}
        <button type="button" className="text-accent" onClick={() => void pages.refetch()}>
          Try again
        </button>
      </TreeLine>
    );
  }
  const entries = pages.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <TreeLine level={level}>Nothing you may see</TreeLine>;
  const more = `more ${parent}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group inside a tree is one of its levels.
    <ul role="group">
      {entries.map((entry) => (
        <TreeItem key={entry.id} entry={entry} level={level} />
      ))}
      {pages.hasNextPage && (
        <li
          role="treeitem"
          aria-level={level}
          aria-selected={false}
          aria-label="Show 200 more"
          data-id={more}
          data-name="Show 200 more"
          tabIndex={active === more ? 0 : -1}
          onFocus={() => onActive(more)}
          className="h-6.75 rounded-2 focus-visible:-outline-offset-2"
          style={{ paddingLeft: 24 + level * 15 }}
        >
          <button
            type="button"
            data-more=""
            tabIndex={-1}
            className="text-small text-accent"
            onClick={() => void pages.fetchNextPage()}
          >
            {pages.isFetchingNextPage ? "Reading…" : "Show 200 more"}
          </button>
        </li>
      )}
    </ul>
  );
}
