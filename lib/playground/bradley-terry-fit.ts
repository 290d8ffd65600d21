import { inverseOf } from "./cholesky";

/** `wins` of `a` over `b`: 1, 0, or 0.5 for a tie. */
export interface Pair {
  a: number;
  b: number;
  wins: number;
}

/** The pairs of one vote, and how many votes were the same. */
export interface Cluster {
  pairs: readonly Pair[];
  count: number;
}

export interface Fit {
  /** Natural logarithms of the strengths; their mean is 0. */
  strengths: Float64Array;
  /** Of each strength against that mean. */
  deviations: Float64Array;
}

interface Sum extends Pair {
  count: number;
}

const maxSteps = 100;
const enough = 1e-10;

const chance = (difference: number) => 1 / (1 + Math.exp(-difference));
/** log(chance(x)) without overflow. */
const logChance = (x: number) => (x < 0 ? x - Math.log1p(Math.exp(x)) : -Math.log1p(Math.exp(-x)));

/** Adds up equal pairs, so that a step costs the square of the players, however many votes there are. */
function sumsOf(clusters: readonly Cluster[], n: number): Sum[] {
  const won = new Float64Array(n * n);
  const met = new Float64Array(n * n);
  for (const { pairs, count } of clusters) {
    for (const { a, b, wins } of pairs) {
      const at = a < b ? a * n + b : b * n + a;
      won[at] = (won[at] ?? 0) + (a < b ? wins : 1 - wins) * count;
      met[at] = (met[at] ?? 0) + count;
    }
  }
  const sums: Sum[] = [];
  for (const [at, count] of met.entries()) {
    if (count > 0) sums.push({ a: Math.floor(at / n), b: at % n, wins: won[at] ?? 0, count });
  }
  return sums;
}

function logLikelihood(theta: Float64Array, sums: readonly Sum[], prior: number): number {
  let total = 0;
  for (const { a, b, wins, count } of sums) {
    const d = (theta[a] ?? 0) - (theta[b] ?? 0);
    if (wins > 0) total += wins * logChance(d);
    if (wins < count) total += (count - wins) * logChance(-d);
  }
  if (prior > 0) for (const value of theta) total += prior * (logChance(value) + logChance(-value));
  return total;
}

/** Gradient of the log-likelihood, and the information (its negative second derivative). */
function slopes(theta: Float64Array, sums: readonly Sum[], prior: number) {
  const n = theta.length;
  const gradient = new Float64Array(n);
  const information = new Float64Array(n * n);
  const add = (target: Float64Array, at: number, value: number) => {
    target[at] = (target[at] ?? 0) + value;
  };
  for (const { a, b, wins, count } of sums) {
    const p = chance((theta[a] ?? 0) - (theta[b] ?? 0));
    const weight = count * p * (1 - p);
    add(gradient, a, wins - count * p);
    add(gradient, b, count * p - wins);
    add(information, a * n + a, weight);
    add(information, b * n + b, weight);
    add(information, a * n + b, -weight);
    add(information, b * n + a, -weight);
  }
  for (let i = 0; i < n; i++) {
    const p = chance(theta[i] ?? 0);
    add(gradient, i, prior * (1 - 2 * p));
    add(information, i * n + i, 2 * prior * p * (1 - p));
  }
  // Without a prior only differences are known; this pins their mean and changes none of them.
  if (prior === 0) for (let at = 0; at < n * n; at++) add(information, at, 1 / n);
  return { gradient, information };
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] ?? 0) * (vector[j] ?? 0);
    return sum;
  });
}

/** The maximum by Newton's method; the function is concave, so a step that overshoots is halved until it climbs. */
function maximum(sums: readonly Sum[], n: number, prior: number): Float64Array {
  let theta = new Float64Array(n);
  let height = logLikelihood(theta, sums, prior);
  for (let taken = 0; taken < maxSteps; taken++) {
    const { gradient, information } = slopes(theta, sums, prior);
    let step = times(inverseOf(information, n), gradient);
    let next = theta.map((value, i) => value + (step[i] ?? 0));
    let climbed = logLikelihood(next, sums, prior);
    while (climbed < height && step.some((part) => Math.abs(part) > enough)) {
      step = step.map((part) => part / 2);
      next = theta.map((value, i) => value + (step[i] ?? 0));
      climbed = logLikelihood(next, sums, prior);
    }
    theta = next;
    height = climbed;
    if (step.every((part) => Math.abs(part) <= enough)) break;
  }
  return theta;
}

/** How much the gradient varies from vote to vote: the sum of its squares over votes, the prior's among them. */
function variationOf(theta: Float64Array, clusters: readonly Cluster[], prior: number): Float64Array {
  const n = theta.length;
  const variation = new Float64Array(n * n);
  const score = new Float64Array(n);
  for (const { pairs, count } of clusters) {
    const touched: number[] = [];
    for (const { a, b, wins } of pairs) {
      const rest = wins - chance((theta[a] ?? 0) - (theta[b] ?? 0));
      for (const player of [a, b]) if (!touched.includes(player)) touched.push(player);
      score[a] = (score[a] ?? 0) + rest;
      score[b] = (score[b] ?? 0) - rest;
    }
    for (const i of touched)
      for (const j of touched)
        variation[i * n + j] = (variation[i * n + j] ?? 0) + count * (score[i] ?? 0) * (score[j] ?? 0);
    for (const i of touched) score[i] = 0;
  }
  for (let i = 0; i < n; i++) {
    const p = chance(theta[i] ?? 0);
    variation[i * n + i] = (variation[i * n + i] ?? 0) + prior * ((1 - p) ** 2 + p ** 2);
  }
  return variation;
}

/** Standard deviations about the mean by the sandwich A⁻¹·B·A⁻¹, A the information and B the variation of the votes. */
function deviationsOf(information: Float64Array, variation: Float64Array, n: number): Float64Array {
  const bread = inverseOf(information, n);
  for (let j = 0; j < n; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += (bread[i * n + j] ?? 0) / n;
    for (let i = 0; i < n; i++) bread[i * n + j] = (bread[i * n + j] ?? 0) - mean;
  }
  return new Float64Array(n).map((_, i) => {
    const row = bread.subarray(i * n, i * n + n);
    const spread = times(variation, row);
    return Math.sqrt(row.reduce((sum, value, j) => sum + value * (spread[j] ?? 0), 0));
  });
}

/**
 * Strengths of players 0 to n−1 by maximum likelihood under P(a beats b) = σ(θa − θb) (Bradley and Terry 1952).
 * A vote among several gives several pairs that are not independent, so the deviations are those of a composite
 * likelihood: Godambe's sandwich with one cluster a vote (Varin, Reid and Firth 2011, section 2.3).
 * `prior`: wins, and as many losses, that each player has against one of strength 0. With 0 the players must
 * all be connected by wins in both directions, or there is no maximum.
 */
export function fitBradleyTerry(clusters: readonly Cluster[], n: number, prior: number): Fit {
  const sums = sumsOf(clusters, n);
  const theta = maximum(sums, n, prior);
  const { information } = slopes(theta, sums, prior);
  const mean = theta.reduce((sum, value) => sum + value, 0) / n;
  return {
    strengths: theta.map((value) => value - mean),
    deviations: deviationsOf(information, variationOf(theta, clusters, prior), n),
  };
}
