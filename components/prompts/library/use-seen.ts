"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { MoveRequest } from "@/lib/prompts";
import { moveRequestsQuery, seeMoveDecisions } from "@/lib/prompts/client";

/** Shown is seen: the mark stays while the page is open, the count goes with the next look. Gives why it could not be kept. */
export function useSeen(own: readonly MoveRequest[] | undefined): Error | null {
  const cache = useQueryClient();
  const hasNew = own?.some(({ isNew }) => isNew) ?? false;
  const { mutate, error } = useMutation({ mutationFn: seeMoveDecisions });
  useEffect(() => {
    if (!hasNew) return;
    mutate();
    return () => void cache.invalidateQueries({ queryKey: moveRequestsQuery().queryKey });
  }, [hasNew, cache, mutate]);
  return error;
}
