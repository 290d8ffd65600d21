import { type Cluster, fitBradleyTerry, type Pair } from "./bradley-terry-fit";

/** What was said of answers seen side by side. Equal ballots may be given once, with their count. */
export interface Ballot {
  /** Players by name. One that stands twice is not compared with itself. */
  contenders: readonly string[];
  /** Index of the best; null when none was better than another: a tie, or all bad. */
  winner: number | null;
  count: number;
}

export interface Standing {
  player: string;
  /** On Elo's scale: 400 points are odds of ten to one; the mean of its group is 1,000. */
  score: number;
  /** 95 % interval of the score. */
  low: number;
  high: number;
  /** Places it may have in its group: surely above it are those whose whole interval is above its own. */
  rank: readonly [best: number, worst: number];
  /** Share of its pairs won, ties as half: 0 to 1. */
  winRate: number;
  /** Ballots on which it was compared with another. */
  votes: number;
}

/** As much as one vote tells: half a win and half a loss. */
const usualPrior = 0.5;
const eloMean = 1000;
const eloPerLog = 400 / Math.LN10;
/** Of the normal distribution, for 95 % two-sided. */
const z95 = 1.959963984540054;

/** The winner beats each of the others; without one, every two are tied. Others are not compared: nothing was said of them. */
function pairsOf(players: readonly number[], best: number | undefined): Pair[] {
  const pairs =
    best === undefined
      ? players.flatMap((a, i) => players.slice(i + 1).map((b) => ({ a, b, wins: 0.5 })))
      : players.map((b) => ({ a: best, b, wins: 1 }));
  return pairs.filter(({ a, b }) => a !== b);
}

/** Ballots as pairs, equal ones as one: what follows costs as much as there are different ones. */
function clustersOf(ballots: readonly Ballot[], indices: ReadonlyMap<string, number>): Cluster[] {
  const clusters = new Map<string, { pairs: Pair[]; count: number }>();
  for (const { contenders, winner, count } of ballots) {
    const players = contenders.map((name) => indices.get(name) ?? 0);
    const best = winner === null ? undefined : players[winner];
    const key = `${best ?? ""}:${players.sort((a, b) => a - b).join()}`;
    const same = clusters.get(key);
    if (same) same.count += count;
    else clusters.set(key, { pairs: pairsOf(players, best), count });
  }
  return [...clusters.values()].filter(({ pairs, count }) => pairs.length > 0 && count > 0);
}

/** Who was compared with whom, directly or over others: the root of each player's group. */
function rootsOf(clusters: readonly Cluster[], n: number): number[] {
  const parent = Array.from({ length: n }, (_, i) => i);
  const rootOf = (player: number): number => {
    let root = player;
    for (let above = parent[root] ?? root; above !== root; above = parent[root] ?? root) {
      // Halves the way for the next time.
      parent[root] = parent[above] ?? above;
      root = parent[root] ?? above;
    }
    return root;
  };
  for (const { pairs } of clusters) for (const { a, b } of pairs) parent[rootOf(a)] = rootOf(b);
  return parent.map((_, player) => rootOf(player));
}

/** `Map.groupBy`, which the oldest Node.js we run on does not have. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

interface Tally {
  wins: number;
  pairs: number;
  votes: number;
}

function talliesOf(clusters: readonly Cluster[], n: number): Tally[] {
  const tallies = Array.from({ length: n }, () => ({ wins: 0, pairs: 0, votes: 0 }));
  for (const { pairs, count } of clusters) {
    for (const { a, b, wins } of pairs) {
      for (const [player, won] of [
        [a, wins],
        [b, 1 - wins],
      ] as const) {
        const tally = tallies[player];
        if (tally) {
          tally.wins += won * count;
          tally.pairs += count;
        }
      }
    }
    const players: number[] = [];
    for (const pair of pairs)
      for (const player of [pair.a, pair.b]) if (!players.includes(player)) players.push(player);
    for (const player of players) {
      const tally = tallies[player];
      if (tally) tally.votes += count;
    }
  }
  return tallies;
}

function standingsOf(names: string[], clusters: readonly Cluster[], prior: number): Standing[] {
  const { strengths, deviations } = fitBradleyTerry(clusters, names.length, prior);
  const tallies = talliesOf(clusters, names.length);
  const scored = names.map((player, i) => {
    const score = eloMean + eloPerLog * (strengths[i] ?? 0);
    const margin = z95 * eloPerLog * (deviations[i] ?? 0);
    const { wins, pairs, votes } = tallies[i] ?? { wins: 0, pairs: 1, votes: 0 };
    return { player, score, low: score - margin, high: score + margin, winRate: wins / pairs, votes };
  });
  return scored
    .map((one) => ({
      ...one,
      rank: [
        1 + scored.filter((other) => other.low > one.high).length,
        scored.length - scored.filter((other) => other.high < one.low).length,
      ] as const,
    }))
    .sort((a, b) => b.score - a.score || (a.player < b.player ? -1 : 1));
}

/**
 * Standings by the Bradley–Terry model, best first, in groups: players that were never compared, not even over
 * others, are in different ones, and nothing is said about which is better. The largest group comes first.
 */
export function rankBallots(ballots: readonly Ballot[], prior = usualPrior): Standing[][] {
  const indices = new Map<string, number>();
  for (const { contenders } of ballots)
    for (const name of contenders) if (!indices.has(name)) indices.set(name, indices.size);
  const names = [...indices.keys()];
  const clusters = clustersOf(ballots, indices);
  const roots = rootsOf(clusters, names.length);
  const members = grouped([...names.keys()], (player) => roots[player] ?? player);
  const clustersAt = grouped(clusters, ({ pairs }) => roots[pairs[0]?.a ?? 0] ?? 0);
  const votesOf = (root: number) => (clustersAt.get(root) ?? []).reduce((sum, { count }) => sum + count, 0);
  return [...members]
    .filter(([root]) => clustersAt.has(root))
    .sort(([a, players], [b, others]) => others.length - players.length || votesOf(b) - votesOf(a))
    .map(([root, players]) => {
      const place = new Map(players.map((player, index) => [player, index]));
      const at = (player: number) => place.get(player) ?? 0;
      const own = (clustersAt.get(root) ?? []).map(({ pairs, count }) => ({
        pairs: pairs.map(({ a, b, wins }) => ({ a: at(a), b: at(b), wins })),
        count,
      }));
      return standingsOf(
        players.map((player) => names[player] ?? ""),
        own,
        prior,
      );
    });
}
