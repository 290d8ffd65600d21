import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import { type LeaderboardFilter, leaderboard, type Vote, type VoteInput, vote } from "./vote";

const path = "/api/playground/votes";
const boardKey = ["playground", "leaderboard"];

/** How the models stand; absent `task` is all of them. */
export const leaderboardQuery = (filter: LeaderboardFilter) =>
  queryOptions({
    queryKey: [...boardKey, filter],
    queryFn: ({ signal }) => fetchJson("/api/playground/leaderboard", filter, leaderboard, { signal }),
  });

/** Makes the leaderboard count again. */
export function refreshLeaderboard(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: boardKey });
}

export function castVote(body: VoteInput): Promise<Vote> {
  return fetchJson(path, {}, vote, { method: "POST", body });
}

export async function withdrawVote(id: string): Promise<void> {
  await fetchJson(`${path}/${encodeURIComponent(id)}`, {}, z.undefined(), { method: "DELETE" });
}
