"use client";
import { ErrorState } from "@/components/ui/error-state";

export default function LeaderboardError({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorState title="The leaderboard could not be shown" error={error} onRetry={reset} />;
}
