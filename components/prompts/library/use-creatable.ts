"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import type { CatalogObject, ObjectRef } from "@/lib/catalog";
import { objectByIdQuery, objectQuery } from "@/lib/catalog/client";
import { isAppError } from "@/lib/core";
import { useSchemas } from "./use-schemas";

/** Schemas whose rights are looked up at a time. */
const mostShown = 30;

interface CreatableSchema {
  schema: ObjectRef;
  /** Undefined until it is known. */
  mayCreate: boolean | undefined;
}

interface Creatable {
  schemas: CreatableSchema[];
  /** Every answer has come. */
  isKnown: boolean;
  error: Error | null;
  retry: () => void;
}

/** Schemas that match what was typed, and the one that is wanted, with whether the reader may make prompts in them. */
export function useCreatable(typed: string, wanted?: string): Creatable {
  const { schemas, isPending, error, retry } = useSchemas(typed);
  const named = useQuery({ ...objectQuery(wanted ?? "", "schema"), enabled: wanted !== undefined });
  const shown = inTurns(schemas)
    .filter(({ id }) => id !== named.data?.id)
    .slice(0, mostShown);
  const rights = useQueries({ queries: shown.map(({ id }) => objectByIdQuery(id)) });
  const failed = [named, ...rights].filter((each) => each.isError && !isGone(each.error));
  return {
    schemas: [
      ...(named.data ? [{ schema: named.data, mayCreate: mayCreate(named.data) }] : []),
      ...shown.map((schema, index) => ({ schema, mayCreate: mayCreate(rights[index]?.data) })),
    ],
    isKnown: !isPending && !named.isLoading && rights.every((each) => !each.isPending),
    error: error ?? failed[0]?.error ?? null,
    retry: () => {
      retry();
      for (const each of failed) void each.refetch();
    },
  };
}

const mayCreate = (schema: CatalogObject | undefined) => schema?.may.create.includes("prompt");

/** A link may name what does not exist any more, and a schema may be dropped while one looks. */
const isGone = (error: unknown) => isAppError(error) && error.code === "not_found";

/** One of each catalog after the other, so that a catalog of many schemas hides no other. */
function inTurns(schemas: readonly ObjectRef[]): ObjectRef[] {
  const places = new Map<string, number>();
  const placed = schemas.map((schema) => {
    const catalog = schema.fullName.slice(0, schema.fullName.indexOf("."));
    const place = places.get(catalog) ?? 0;
    places.set(catalog, place + 1);
    return { schema, place };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ schema }) => schema);
}
