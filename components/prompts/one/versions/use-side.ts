"use client";
import { useQuery } from "@tanstack/react-query";
import type { PromptContent, PromptDetail } from "@/lib/prompts";
import { draftQuery, versionQuery } from "@/lib/prompts/client";
import type { Side } from "../use-prompt-view";

interface SideContent {
  content: PromptContent | undefined;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

const nothing: SideContent = { content: undefined, isPending: false, error: null, retry: () => undefined };

/** What one side of a comparison says; nothing where there is no such side. */
export function useSide({ fullName }: PromptDetail, side: Side | undefined): SideContent {
  const version = useQuery({
    ...versionQuery(fullName, typeof side === "number" ? side : 1),
    enabled: typeof side === "number",
    staleTime: Number.POSITIVE_INFINITY,
  });
  const draft = useQuery({ ...draftQuery(fullName), enabled: side === "draft" });
  if (side === undefined) return nothing;
  const query = side === "draft" ? draft : version;
  return {
    content: query.data?.content,
    isPending: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
