"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ServedModel } from "@/lib/gateway";
import { aliasesQuery, modelsQuery } from "@/lib/gateway/client";

const chat = ({ task }: ServedModel) => task === "chat";

/** Everything that answers, by the name that calls use: models, then aliases of the registry. */
export function useChatModels(): { models: ServedModel[]; isPending: boolean } {
  const models = useQuery(modelsQuery());
  const aliases = useQuery(aliasesQuery());
  const all = useMemo(
    () => [...(models.data ?? []), ...(aliases.data ?? [])].filter(chat),
    [models.data, aliases.data],
  );
  return { models: all, isPending: models.isPending || aliases.isPending };
}
