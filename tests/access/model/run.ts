import { parseArgs } from "node:util";
import { findFailure, noFigures, shrink, tell } from "./check";
import { Engine } from "./engine";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "2000" }, seed: { type: "string", default: "1" } },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  process.stderr.write("Usage: npm run test:model -- [--runs 100000] [--seed 1]\n");
  process.exit(2);
}

const makeEngine = () => new Engine();
const figures = noFigures();
const since = performance.now();
const failure = findFailure(makeEngine, runs, seed, figures);
if (failure) {
  process.stdout.write(`${tell(shrink(failure, makeEngine))}\n`);
  process.exit(1);
}
const seconds = ((performance.now() - since) / 1000).toFixed(1);
const share = ((100 * figures.allowed) / figures.decisions).toFixed(1);
process.stdout.write(
  `${figures.sequences} sequences of ${(figures.steps / figures.sequences).toFixed(1)} steps, ` +
    `${figures.decisions} decisions (${share} % yes), ${figures.explanations} explanations, ` +
    `no difference, ${seconds} s, seeds ${seed} to ${seed + runs - 1}\n`,
);
