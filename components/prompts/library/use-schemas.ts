"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useSettled } from "@/components/ui/use-settled";
import type { ObjectRef } from "@/lib/catalog";
import { treeQuery } from "@/lib/catalog/client";

/** Catalogs that are looked into before something is typed. */
const mostCatalogs = 20;

interface Schemas {
  schemas: ObjectRef[];
  isPending: boolean;
  error: Error | null;
  /** Reads again what could not be read. */
  retry: () => void;
}

/** Schemas the reader may see: those whose name holds what was typed, or all of the first catalogs. */
export function useSchemas(typed: string, enabled = true): Schemas {
  // The last part is what is searched: the catalog stands before it.
  const q = useSettled(typed.trim().split(".").at(-1) ?? "");
  const found = useQuery({ ...treeQuery({ q, kind: "schema" }), enabled: enabled && q !== "" });
  const catalogs = useQuery({ ...treeQuery({}), enabled: enabled && q === "" });
  const inside = useQueries({
    queries: (catalogs.data?.entries ?? [])
      .filter(({ kind }) => kind === "catalog")
      .slice(0, mostCatalogs)
      .map(({ id }) => ({ ...treeQuery({ parent: id }), enabled: enabled && q === "" })),
  });
  const retry = () => {
    for (const each of [found, catalogs, ...inside]) if (each.isError) void each.refetch();
  };
  if (q !== "") {
    return { schemas: found.data?.entries ?? [], isPending: found.isPending, error: found.error, retry };
  }
  return {
    schemas: inside.flatMap(({ data }) => data?.entries ?? []).filter(({ kind }) => kind === "schema"),
    isPending: catalogs.isPending || inside.some((each) => each.isPending),
    error: catalogs.error ?? inside.find(({ error }) => error !== null)?.error ?? null,
    retry,
  };
}
