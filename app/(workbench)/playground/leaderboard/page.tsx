import type { Metadata } from "next";
import { LeaderboardPage } from "@/components/playground/leaderboard-page";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Leaderboard" };

export default async function Page() {
  // Without an actor the layout shows the way in.
  return (await currentActor()) && <LeaderboardPage />;
}
