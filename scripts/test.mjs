import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requireNode, say } from "./console.mjs";

requireNode();
const { buildWorkbench, generateClient, installDependencies, root, run } = await import("./prepare.mjs");
await installDependencies();
await generateClient();
await buildWorkbench();
const { chromiumAbsent, findOrInstallChromium } = await import("./chromium.mjs");

const bin = (name, file) => [join(root, "node_modules", name, file)];
const tally = { passed: 0, failed: 0, skipped: 0 };

async function check(title, args) {
  const since = performance.now();
  const { code, output } = await run(process.execPath, args);
  const took = `${((performance.now() - since) / 1000).toFixed(0)} s`;
  if (code === 0) {
    tally.passed += 1;
    say(`✓ ${title} (${took})`);
  } else {
    tally.failed += 1;
    say(`✗ ${title} (${took})\n${output.split("\n").slice(0, 120).join("\n")}`);
  }
}

const reports = join(root, "test-results");
mkdirSync(reports, { recursive: true });

async function vitest(title, config, env = {}) {
  const report = join(reports, `${config}.json`);
  rmSync(report, { force: true });
  say(`\n${title}`);
  const args = [
    ...bin("vitest", "vitest.mjs"),
    "run",
    "--config",
    config === "unit" ? "vitest.config.ts" : `vitest.${config}.config.ts`,
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ];
  const { code } = await run(process.execPath, args, { env, show: true });
  if (!existsSync(report)) {
    tally.failed += 1;
    return say(`✗ ${title} ended without a report`);
  }
  const result = JSON.parse(readFileSync(report, "utf8"));
  tally.passed += result.numPassedTests;
  tally.failed += result.numFailedTests;
  tally.skipped += result.numPendingTests + result.numTodoTests;
  // What was skipped says in its title what it wants.
  const skipped = result.testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === "skipped" || status === "pending" || status === "todo")
    .map(({ ancestorTitles, title }) => ancestorTitles.find(Boolean) ?? title);
  for (const wanted of new Set(skipped)) say(`Skipped: ${wanted}`);
  for (const file of result.testResults)
    for (const { status, fullName, failureMessages } of file.assertionResults)
      if (status === "passed" && failureMessages?.length)
        say(`Passed only the second time: ${fullName}\n${failureMessages[0].slice(0, 600)}`);
  // A file that cannot be loaded holds no failed test, yet it failed.
  if (code !== 0 && result.numFailedTests === 0) tally.failed += 1;
}

await check("Formatting and lint", [...bin("@biomejs/biome", "bin/biome"), "check", "."]);
await check("Types of routes", [...bin("next", "dist/bin/next"), "typegen"]);
await check("Types", [...bin("typescript", "bin/tsc"), "--noEmit", "-p", "."]);
await check("Dead code", [...bin("knip", "bin/knip.js"), "--no-progress"]);
await vitest("Units, domains, edges, architecture", "unit");

const chromium = await findOrInstallChromium();
if (chromium) await vitest("Journeys in Chromium", "e2e", { CHROMIUM: chromium });
else say(chromiumAbsent);

const skipped = tally.skipped ? `, ${tally.skipped} skipped` : "";
say(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exit(tally.failed ? 1 : 0);
