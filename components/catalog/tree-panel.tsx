"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { SearchInput } from "@/components/ui/search-input";
import { useSettled } from "@/components/ui/use-settled";
import { treePagesQuery } from "@/lib/catalog/client";
import { nameInPath } from "./name-in-path";
import { Tree } from "./tree";

const noop = () => undefined;

/** Filter, tree, and how much more is known by name only. */
export function TreePanel({ onOpened = noop }: { onOpened?: () => void }) {
  const [typed, setTyped] = useState("");
  const q = useSettled(typed.trim());
  const pages = useInfiniteQuery(treePagesQuery());
  const count = pages.data?.pages[0]?.browseOnly ?? 0;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex-none border-b px-2.5 py-2.25">
        <SearchInput label="Filter by name" value={typed} onChange={setTyped} className="w-full!" />
      </div>
      <nav aria-label="Objects" className="min-h-0 flex-1 overflow-y-auto">
        <Tree current={nameInPath(usePathname())} q={q} onOpened={onOpened} />
      </nav>
      {count > 0 && (
        <p className="flex-none border-t px-3.5 py-2.5 text-micro text-fg-subtle">
          {count.toLocaleString("en-US")} more {count === 1 ? "object is" : "objects are"} visible to you by
          name only (BROWSE).
        </p>
      )}
    </div>
  );
}
