"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { aliasesQuery, modelsQuery } from "@/lib/gateway/client";
import { choicesOf, type ModelChoice } from "@/lib/playground/client";

function browserLacks(): string | undefined {
  if (typeof WebAssembly === "undefined") return "this browser has no WebAssembly";
  if (typeof Worker === "undefined") return "this browser has no workers";
  return undefined;
}

const none: ModelChoice[] = [];

interface Choices {
  choices: ModelChoice[];
  /** The models are not read yet. */
  isPending: boolean;
  /** Aliases are there too, so that what is not among the choices is unknown. */
  isComplete: boolean;
}

/** Everything a column can run; empty while the list is being read. */
export function useChoices(): Choices {
  const models = useQuery(modelsQuery());
  const aliases = useQuery(aliasesQuery());
  const choices = useMemo(
    () => (models.data ? choicesOf([...models.data, ...(aliases.data ?? [])], browserLacks()) : none),
    [models.data, aliases.data],
  );
  return { choices, isPending: models.isPending, isComplete: !models.isPending && !aliases.isPending };
}
