"use client";
import { Segment } from "@/components/ui/segment";
import { Select } from "@/components/ui/select";
import type { Leaderboard, LeaderboardFilter } from "@/lib/playground";
import { count } from "./figures";

interface LeaderboardToolbarProps {
  filter: LeaderboardFilter;
  onFilter: (filter: LeaderboardFilter) => void;
  /** Absent until it is read. */
  board: Leaderboard | undefined;
}

const whose = [
  { value: "everyone", label: "Everyone" },
  { value: "mine", label: "Mine" },
] as const;

/** A select has no empty values, and a task may be empty or be called "all". */
const all = "all";
const optionOf = (task: string | undefined) => (task === undefined ? all : `=${task}`);

const wordOf = (task: string) => (task === "" ? "Without a task" : task);

/** "128 votes: 12 ties, 3 all bad" */
function summary({ votes, ties, bad }: Leaderboard): string {
  const parts = [
    ties > 0 ? `${count(ties)} ${ties === 1 ? "tie" : "ties"}` : "",
    bad > 0 ? `${count(bad)} all bad` : "",
  ].filter(Boolean);
  const total = `${count(votes)} ${votes === 1 ? "vote" : "votes"}`;
  return parts.length > 0 ? `${total}, of them ${parts.join(", ")}` : total;
}

/** Which votes are counted. */
export function LeaderboardToolbar({ filter, onFilter, board }: LeaderboardToolbarProps) {
  const tasks = board?.tasks ?? [];
  const { task } = filter;
  const known = task === undefined || tasks.some((one) => one.task === task);
  const shown = known ? tasks : [...tasks, { task, votes: 0 }];
  return (
    <div className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-y px-4 py-2">
      <Select
        label="Task"
        className="w-55! max-sm:w-full!"
        value={optionOf(task)}
        onChange={(value) => onFilter({ ...filter, task: value === all ? undefined : value.slice(1) })}
        options={[
          { value: all, label: "All tasks" },
          ...shown.map((one) => ({
            value: optionOf(one.task),
            label: wordOf(one.task),
            detail: count(one.votes),
          })),
        ]}
      />
      <Segment
        label="Whose votes"
        value={filter.whose}
        onChange={(value) => onFilter({ ...filter, whose: value })}
        options={whose}
      />
      {board && board.votes > 0 && (
        <span className="ml-auto text-small text-fg-muted max-sm:ml-0">{summary(board)}</span>
      )}
    </div>
  );
}
