import type { LeaderboardRow } from "@/lib/playground";
import { LeaderboardTable } from "./leaderboard-table";

/** One table for each group of models that were compared with each other. */
export function LeaderboardGroups({ groups }: { groups: readonly (readonly LeaderboardRow[])[] }) {
  const rows = groups.flat();
  // One scale for all, with a little air, so that a longer bar is a wider interval everywhere.
  const low = Math.min(...rows.map((row) => row.low)) - 20;
  const high = Math.max(...rows.map((row) => row.high)) + 20;
  if (groups.length === 1)
    return <LeaderboardTable label="Models, best first" rows={rows} scale={[low, high]} />;
  return groups.map((group, index) => (
    <section key={group[0]?.model ?? index} aria-label={`Group ${index + 1}`}>
      <header className="border-b bg-canvas px-4 pt-2.5 pb-2">
        <h2>Group {index + 1}</h2>
        <p className="max-w-180 text-small text-fg-muted">
          {index === 0
            ? "Not all models can be ranked together: no vote compares those of one group with those of another, not even over others between them."
            : "Ranked among themselves; nothing is known of how they stand to other groups."}
        </p>
      </header>
      <LeaderboardTable label={`Models of group ${index + 1}, best first`} rows={group} scale={[low, high]} />
    </section>
  ));
}
