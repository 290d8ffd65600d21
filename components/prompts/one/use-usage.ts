"use client";
import { useQuery } from "@tanstack/react-query";
import type { PromptDetail } from "@/lib/prompts";
import { promptUsageQuery } from "@/lib/prompts/client";

/** Calls of the last 30 days, for those who may read the prompt. */
export function useUsage({ fullName, may }: Pick<PromptDetail, "fullName" | "may">) {
  return useQuery({ ...promptUsageQuery(fullName), enabled: may.execute });
}
