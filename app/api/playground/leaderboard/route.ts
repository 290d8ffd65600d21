import { readQuery, withActor } from "@/lib/auth/server";
import { leaderboardFilter } from "@/lib/playground";
import { getLeaderboard } from "@/lib/playground/server";

export const GET = withActor((request, ctx) => getLeaderboard(ctx, readQuery(request, leaderboardFilter)));
