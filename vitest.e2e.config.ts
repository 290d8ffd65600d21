import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

/** Journeys that hold however busy the machine is, the longest first. */
const together = ["faults", "people-and-groups", "policies", "catalog", "access-requests", "first-run"];
const files = together.map((name) => `tests/e2e/${name}.spec.ts`);

const rank = ({ moduleId }: TestSpecification) => together.indexOf(basename(moduleId, ".spec.ts"));

class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return specifications.toSorted((a, b) => rank(a) - rank(b));
  }
}

const journeys = {
  testTimeout: 120_000,
  hookTimeout: 180_000,
  // Browsers and processes share a busy machine; `npm test` names what passed only the second time.
  retry: 1,
  // Its own second is too short for browsers and processes on a busy machine.
  expect: { poll: { timeout: 20_000 } },
};

export default defineConfig({
  resolve: { alias: { "@": root, "server-only": `${root}/tests/support/empty.ts` } },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...journeys,
          name: "two at a time",
          include: files,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...journeys,
          name: "one at a time",
          include: ["tests/e2e/**/*.spec.ts"],
          exclude: files,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
