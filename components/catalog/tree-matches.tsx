"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { treeQuery } from "@/lib/catalog/client";
import { TreeItem } from "./tree-item";
import { TreeLine } from "./tree-line";
import { useTreeState } from "./tree-state";

/** Objects whose name holds the text, wherever they lie. */
export function TreeMatches({ q }: { q: string }) {
  const { settle } = useTreeState();
  const found = useQuery(treeQuery({ q }));
  useEffect(settle);
  if (found.isPending) return <TreeLine level={1}>Looking…</TreeLine>;
  if (found.isError) {
    return (
      <TreeLine level={1}>
        Not read.{" "}
        <button type="button" className="text-accent" onClick={() => void found.refetch()}>
          Try again
        </button>
      </TreeLine>
    );
  }
  const { entries, next } = found.data;
  if (entries.length === 0) return <TreeLine level={1}>No object is named so</TreeLine>;
  return (
    <>
      {entries.map((entry) => (
        <TreeItem key={entry.id} entry={entry} level={1} found />
      ))}
      {next !== null && <TreeLine level={1}>More match: type on.</TreeLine>}
    </>
  );
}
