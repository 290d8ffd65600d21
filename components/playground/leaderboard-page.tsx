"use client";
import { useQuery } from "@tanstack/react-query";
import { Crumb } from "@/components/shell/crumb";
import { ButtonLink } from "@/components/ui/button-link";
import { ErrorState } from "@/components/ui/error-state";
import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { leaderboardQuery } from "@/lib/playground/client";
import { LeaderboardEmpty } from "./leaderboard-empty";
import { LeaderboardGroups } from "./leaderboard-groups";
import { LeaderboardNote } from "./leaderboard-note";
import { LeaderboardToolbar } from "./leaderboard-toolbar";
import { useLeaderboardFilter } from "./use-leaderboard-filter";

/** How models stand by the votes given in the playground. */
export function LeaderboardPage() {
  const [filter, setFilter] = useLeaderboardFilter();
  const board = useQuery(leaderboardQuery(filter));
  return (
    <>
      <Crumb label="Leaderboard" />
      <PageHead
        kind="evaluation"
        title="Leaderboard"
        actions={<ButtonLink href="/playground">Open playground</ButtonLink>}
      >
        Which models win when their answers stand side by side without names.
      </PageHead>
      <LeaderboardToolbar filter={filter} onFilter={setFilter} board={board.data} />
      {board.isPending && <RowsSkeleton rows={4} />}
      {board.isError && (
        <ErrorState
          title="The leaderboard could not be read"
          error={board.error}
          onRetry={() => void board.refetch()}
        />
      )}
      {board.data?.votes === 0 && (
        <LeaderboardEmpty filter={filter} onAll={() => setFilter({ whose: "everyone" })} />
      )}
      {board.data && board.data.votes > 0 && (
        <>
          <LeaderboardGroups groups={board.data.groups} />
          <LeaderboardNote />
        </>
      )}
    </>
  );
}
