"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { modelsQuery } from "@/lib/gateway/client";
import { choicesOf, type ModelChoice } from "@/lib/playground/client";

function browserLacks(): string | undefined {
  if (typeof WebAssembly === "undefined") return "this browser has no WebAssembly";
  if (typeof Worker === "undefined") return "this browser has no workers";
  return undefined;
}

const none: ModelChoice[] = [];

/** Everything a column can run; empty while the list is being read. */
export function useChoices(): { choices: ModelChoice[]; isPending: boolean } {
  const models = useQuery(modelsQuery());
  const choices = useMemo(() => (models.data ? choicesOf(models.data, browserLacks()) : none), [models.data]);
  return { choices, isPending: models.isPending };
}
