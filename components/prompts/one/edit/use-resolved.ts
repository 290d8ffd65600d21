"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSettled } from "@/components/ui/use-settled";
import { compose, type PromptContent, type Reference, referencesOf } from "@/lib/prompts";
import { fetchedPromptQuery, promptKeys } from "@/lib/prompts/client";

interface Resolved {
  /** Undefined while it is being read, or where it cannot be. */
  content: PromptContent | undefined;
  includes: Awaited<ReturnType<typeof compose>>["includes"];
  error: Error | null;
}

/** A text with all that it includes in its place, as callers would get it now. */
export function useResolved(fullName: string, baseNumber: number, typed: PromptContent): Resolved {
  const cache = useQueryClient();
  const content = useSettled(typed, 300);
  const isPlain = referencesOf(content).length === 0;
  const load = async ({ fullName: name, alias, version }: Reference) => {
    const choice = version === null ? { alias: alias ?? undefined } : { version };
    const found = await cache.fetchQuery(fetchedPromptQuery(name, choice));
    return { fullName: found.name, version: found.version, content: found.content };
  };
  const query = useQuery({
    queryKey: [...promptKeys.all, "resolved", fullName, content],
    queryFn: () => compose(content, load, { fullName, version: baseNumber }),
    enabled: !isPlain,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  // What includes nothing need not wait for the last key to settle.
  if (referencesOf(typed).length === 0) return { content: typed, includes: [], error: null };
  return { content: query.data?.resolved, includes: query.data?.includes ?? [], error: query.error };
}
