"use client";
import { usePathname, useSearchParams } from "next/navigation";
import type { LeaderboardFilter } from "@/lib/playground";

/** What the leaderboard counts, as it stands in the address, so that a view is a link. */
export function useLeaderboardFilter(): [LeaderboardFilter, (filter: LeaderboardFilter) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const filter: LeaderboardFilter = {
    task: params.get("task")?.slice(0, 60),
    whose: params.get("whose") === "mine" ? "mine" : "everyone",
  };
  const set = ({ task, whose }: LeaderboardFilter) => {
    const next = new URLSearchParams();
    if (task !== undefined) next.set("task", task);
    if (whose === "mine") next.set("whose", whose);
    window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
  };
  return [filter, set];
}
