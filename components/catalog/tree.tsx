"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { defaultSchemaId } from "@/lib/access";
import type { TreeEntry } from "@/lib/catalog";
import { treePagesQuery } from "@/lib/catalog/client";
import { TreeBranch } from "./tree-branch";
import { TreeItem } from "./tree-item";
import { useTreeKeys } from "./tree-keys";
import { TreeLine } from "./tree-line";
import { TreeMatches } from "./tree-matches";
import { TreeContext, type TreeState } from "./tree-state";

interface TreeProps {
  /** The full name in the address. */
  current: string | undefined;
  /** Objects by name instead, wherever they lie. */
  q: string;
  onOpened: () => void;
}

/** Catalogs, schemas and objects, as far as the reader may see them. */
export function Tree({ current, q, onOpened }: TreeProps) {
  const root = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<string>();
  const [active, setActive] = useState<string>();
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const pages = useInfiniteQuery(treePagesQuery());
  const keys = useTreeKeys(setChosen);
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  const [only] = entries.length === 1 ? entries : [];
  const isOpen = ({ id, fullName }: TreeEntry) =>
    toggled.get(id) ?? (current?.startsWith(`${fullName}.`) || id === only?.id || id === defaultSchemaId);
  // One row can always be reached by Tab: the one last gone to, the open object, or the first.
  const settle = () => {
    const items = [...(root.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])];
    const gone = items.find(({ dataset }) => dataset.id === chosen);
    const open = items.find((item) => item.getAttribute("aria-selected") === "true");
    setActive((gone ?? open ?? items[0])?.dataset.id);
  };
  const state: TreeState = {
    current,
    active,
    isOpen,
    toggle: (entry) => setToggled(new Map(toggled).set(entry.id, !isOpen(entry))),
    onActive: setChosen,
    onOpened,
    branch: (parent, level) => <TreeBranch parent={parent} level={level} />,
    settle,
  };
  useEffect(settle);
  if (pages.isPending) return <RowsSkeleton rows={8} height="h-6.75" />;
  if (pages.isError && !pages.data) {
    return (
      <ErrorState
        title="The catalog could not be read"
        error={pages.error}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  return (
    <TreeContext.Provider value={state}>
      {entries.length === 0 && !q ? (
        <TreeLine level={1}>Nothing you may see yet</TreeLine>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: lists of lists are how a tree is written.
        <ul ref={root} role="tree" aria-label="Catalog" onKeyDown={keys} className="px-1.5 py-2">
          {q ? (
            <TreeMatches q={q} />
          ) : (
            entries.map((entry) => <TreeItem key={entry.id} entry={entry} level={1} />)
          )}
        </ul>
      )}
      {!q && pages.hasNextPage && (
        <button
          type="button"
          className="px-4 py-1 text-small text-accent"
          onClick={() => void pages.fetchNextPage()}
        >
          Show 200 more
        </button>
      )}
    </TreeContext.Provider>
  );
}
