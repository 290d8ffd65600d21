import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  resolve: { alias: { "@": root, "server-only": `${root}/tests/support/empty.ts` } },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Its own second is too short for browsers and processes on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    // Vite names its own public path BASE_URL, which is a setting of ours.
    env: { LOG_LEVEL: "silent", NODE_ENV: "test", BASE_URL: "" },
  },
});
