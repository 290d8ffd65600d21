import { db } from "@/lib/db/server";

// Writes numbered rows, through both ways of writing, and prints each number once it is acknowledged;
// for ever, or WRITES rows a lane.
const writes = Number(process.env.WRITES ?? Number.POSITIVE_INFINITY);
const database = await db();
const start = await database.prisma.setting.count();
process.stdout.write("open\n");

async function write(lane: number, number: number): Promise<void> {
  const row = { key: `${lane}-${number}`, value: { text: "x".repeat(200) } };
  const way = lane === 0 ? database.write.bind(database) : database.writeBatched.bind(database);
  await way((tx) => tx.setting.create({ data: row }));
  process.stdout.write(`${row.key}\n`);
}

async function run(lane: number): Promise<void> {
  for (let number = start; number < start + writes; number += 1) {
    await write(lane, number);
    // Real writers arrive over sockets; a loop that never yields would starve the control socket.
    await new Promise(setImmediate);
  }
}

await Promise.all([0, 1, 2].map(run));
await database.close();
