import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { GroupCommit } from "@/lib/db/embedded/group-commit";

/** A log whose flushes end when the test says so, as a slow disk's would. */
function slowLog() {
  const events: string[] = [];
  const ends: (() => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const group = new GroupCommit(
    () =>
      new Promise<void>((resolve, reject) => {
        events.push("flush begins");
        ends.push(() => {
          events.push("flush ends");
          resolve();
        });
        fails.push(reject);
      }),
  );
  const commit = (name: string, ms = 0) =>
    group
      .run(async () => {
        await delay(ms);
        events.push(`${name} commits`);
      })
      .then(() => events.push(`${name} acknowledged`));
  return { events, ends, fails, group, commit };
}

const until = async (condition: () => boolean) => {
  while (!condition()) await delay(1);
};

it("acknowledges a commit only after a flush that began when it had committed", async () => {
  const { events, ends, commit } = slowLog();
  const a = commit("a");
  await until(() => ends.length === 1);
  const b = commit("b");
  await until(() => events.includes("b commits"));
  ends[0]?.();
  await a;
  await until(() => ends.length === 2);
  expect(events).not.toContain("b acknowledged");
  ends[1]?.();
  await b;
  expect(events.indexOf("b acknowledged")).toBeGreaterThan(events.lastIndexOf("flush ends"));
});

it("shares one flush among writers that come together", async () => {
  const { events, ends, commit } = slowLog();
  const all = [commit("a", 1), commit("b", 2), commit("c", 3)];
  await until(() => events.filter((event) => event.endsWith("commits")).length === 3 && ends.length > 0);
  for (const end of ends) end();
  await delay(10);
  for (const end of ends) end();
  await Promise.all(all);
  expect(events.filter((event) => event === "flush begins").length).toBeLessThan(3);
});

it("does not keep the first writer waiting for a slow one behind it", async () => {
  const { events, ends, commit } = slowLog();
  const quick = commit("quick");
  const slow = commit("slow", 300);
  await until(() => ends.length === 1);
  ends[0]?.();
  await quick;
  expect(events).not.toContain("slow commits");
  await until(() => ends.length === 2);
  ends[1]?.();
  await slow;
});

it("fails all that a failed flush should have kept, and only the writer whose work failed otherwise", async () => {
  const { fails, ends, group, commit } = slowLog();
  await expect(group.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  const a = commit("a");
  await until(() => fails.length === 1);
  fails[0]?.(new Error("disk gone"));
  await expect(a).rejects.toThrow("disk gone");
  const b = commit("b");
  await until(() => ends.length === 2);
  ends[1]?.();
  await b;
});
