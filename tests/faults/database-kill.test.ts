import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase } from "@/lib/db/server";
import { bundleChild, startChild } from "@/tests/support/child";
import { testDataFolder } from "@/tests/support/database";

const KILLS = 30;

it("loses nothing acknowledged when it is killed thirty times while writing", {
  timeout: 300_000,
}, async () => {
  const dataDir = await testDataFolder();
  const program = bundleChild("tests/support/programs/writer.ts");
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = startChild(process.execPath, [program], { DATA_DIR: dataDir });
    const enough = 1 + Math.floor(Math.random() * 12);
    let lines = 0;
    for await (const line of child.lines) {
      // What was printed before the signal arrived counts, too: reading goes on to the end.
      if (line !== "open") acknowledged.add(line);
      if (lines === enough) child.process.kill("SIGKILL");
      lines += 1;
    }
    expect((await child.exited).signal, child.errors()).toBe("SIGKILL");
  }
  const database = await openDatabase({ kind: "folder", dir: join(dataDir, "db") });
  const rows = new Set(
    (await database.prisma.setting.findMany({ select: { key: true } })).map((row) => row.key),
  );
  await database.close();
  expect(acknowledged.size).toBeGreaterThan(KILLS);
  expect([...acknowledged].filter((key) => !rows.has(key))).toEqual([]);
});
