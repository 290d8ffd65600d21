import { Journal } from "@/lib/gateway/journal/journal";

/** Writes numbered records as fast as it may and names each one that was acknowledged; somebody else ends it. */
const [dir = "", run = ""] = process.argv.slice(2);
const journal = new Journal<{ id: string }>(
  dir,
  { parse: () => undefined, insert: async () => undefined, blames: () => false },
  { drainEveryMs: 3_600_000 },
);

async function writer(name: string): Promise<void> {
  for (let i = 0; ; i++) {
    const id = `${run}-${name}-${i}`;
    await journal.append({ id, padding: "x".repeat(300) } as { id: string });
    process.stdout.write(`${id}\n`);
  }
}

for (let i = 0; i < 8; i++) void writer(String(i));
