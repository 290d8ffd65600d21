import { EngineBadge } from "@/components/ui/engine-badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { LeaderboardRow } from "@/lib/playground";
import { count, nameParts } from "./figures";
import { LeaderboardInterval } from "./leaderboard-interval";

interface LeaderboardTableProps {
  label: string;
  rows: readonly LeaderboardRow[];
  /** Ends of the intervals' axis, in points. */
  scale: readonly [low: number, high: number];
}

const points = (score: number) => count(Math.round(score));
const share = (rate: number) => `${Math.round(rate * 100)}\u202F%`;
const votesOf = (votes: number) => `${count(votes)} ${votes === 1 ? "vote" : "votes"}`;

/** Models with their places, scores and how sure these are. */
export function LeaderboardTable({ label, rows, scale }: LeaderboardTableProps) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th title="Places it may have, by the intervals">Rank</Th>
          <Th>Model</Th>
          <Th end>Score</Th>
          <Th narrow="hide" title="The thin line is the mean, 1,000">
            95 % interval
          </Th>
          <Th end narrow="hide" title="Of its comparisons; a tie is half a win">
            Win rate
          </Th>
          <Th end narrow="hide">
            Votes
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <LeaderboardLine key={`${row.engine}:${row.model}`} row={row} scale={scale} />
        ))}
      </tbody>
    </Table>
  );
}

function LeaderboardLine({ row, scale }: { row: LeaderboardRow; scale: LeaderboardTableProps["scale"] }) {
  const { engine, rank, score, low, high, winRate, votes } = row;
  const { name, connection } = nameParts(row);
  const [best, worst] = rank;
  const range = `${points(low)} to ${points(high)}`;
  return (
    <Tr>
      <Td className="w-14 text-fg-muted">{best === worst ? best : `${best}–${worst}`}</Td>
      <Td className="max-w-80 max-sm:max-w-45">
        <span className="flex min-w-0 items-center gap-2 max-sm:flex-wrap max-sm:gap-y-0.5">
          <b className="truncate" title={row.model}>
            {name}
          </b>
          <EngineBadge kind={engine} device={connection} />
        </span>
        <span className="block text-micro text-fg-subtle sm:hidden">
          {share(winRate)} won, {votesOf(votes)}
        </span>
      </Td>
      <Td end className="w-20">
        <span className="font-strong">{points(score)}</span>
        <span className="block text-micro text-fg-subtle sm:hidden">{range}</span>
      </Td>
      <Td narrow="hide" className="w-[40%]">
        <span className="flex items-center gap-3">
          <LeaderboardInterval low={low} score={score} high={high} scale={scale} />
          <span className="w-24 flex-none text-right text-micro text-fg-subtle">{range}</span>
        </span>
      </Td>
      <Td end narrow="hide" className="w-20">
        {share(winRate)}
      </Td>
      <Td end narrow="hide" className="w-16">
        {count(votes)}
      </Td>
    </Tr>
  );
}
