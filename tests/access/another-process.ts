import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

interface RightsChanger {
  /** Resolves when the change is acknowledged. */
  change(line: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the program that changes rights in a process of its own, on a PostgreSQL database. */
export async function startRightsChanger(program: string, url: string): Promise<RightsChanger> {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", LOG_LEVEL: "warn", DATABASE_URL: url },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (wanted: string) => {
    const { value, done } = await lines.next();
    if (done || value !== wanted) throw new Error(`The other process said ${value}, not ${wanted}`);
  };
  await next("ready");
  return {
    async change(line) {
      child.stdin.write(`${line}\n`);
      await next("changed");
    },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
