"use client";
import { useQueries } from "@tanstack/react-query";
import type { CatalogObject, ObjectRef } from "@/lib/catalog";
import { objectByIdQuery } from "@/lib/catalog/client";
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

/** Schemas that match what was typed, with whether the reader may make prompts in them. */
export function useCreatable(typed: string): Creatable {
  const { schemas, isPending, error, retry } = useSchemas(typed);
  const shown = schemas.slice(0, mostShown);
  const rights = useQueries({ queries: shown.map(({ id }) => objectByIdQuery(id)) });
  return {
    schemas: shown.map((schema, index) => ({ schema, mayCreate: mayCreate(rights[index]?.data) })),
    isKnown: !isPending && rights.every((each) => !each.isPending),
    error: error ?? rights.find((each) => each.error !== null)?.error ?? null,
    retry: () => {
      retry();
      for (const each of rights) if (each.isError) void each.refetch();
    },
  };
}

const mayCreate = (schema: CatalogObject | undefined) => schema?.may.create.includes("prompt");
