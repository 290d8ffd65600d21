import { afterAll, describe, expect, it } from "vitest";
import { documentWith } from "../playground/documents";
import { administrator, signInAdministrator, type Visitor } from "./visitor";
import { freePort, removeFolder, startWorkbench, temporaryFolder } from "./workbench";

const rounds = 30;
const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

/** Writes sessions one after another until the server dies; tells of each that it acknowledged. */
async function writeUntilDeath(
  visitor: Visitor,
  round: number,
  acknowledge: (id: string, prompt: string) => void,
): Promise<void> {
  for (let i = 0; ; i += 1) {
    const prompt = `round ${round}, write ${i}`;
    try {
      const answer = await visitor.fetch("/api/playground", {
        method: "POST",
        body: { document: documentWith({ messages: [{ id: "m1", role: "user", text: prompt }] }) },
      });
      if (!answer.ok) throw new Error(`the save answered ${answer.status}: ${await answer.text()}`);
      const { id } = (await answer.json()) as { id: string };
      acknowledge(id, prompt);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

describe("SIGKILL during history writes", () => {
  it(`loses nothing acknowledged, ${rounds} times`, { timeout: 600_000 }, async () => {
    const acknowledged = new Map<string, string>();
    const port = String(await freePort());
    for (let round = 0; round < rounds; round += 1) {
      const bench = await startWorkbench({ ...administrator, PORT: port }, folder);
      const visitor = await signInAdministrator(bench.url);
      const before = acknowledged.size;
      // The first save of a process takes long: from its acknowledgement on, the next are on their way.
      let first: () => void = () => {};
      const writing = new Promise<void>((resolve) => {
        first = resolve;
      });
      const writers = Promise.all(
        [0, 1, 2].map(() =>
          writeUntilDeath(visitor, round, (id, prompt) => {
            acknowledged.set(id, prompt);
            first();
          }),
        ),
      );
      await Promise.race([writing, writers]);
      await new Promise((resolve) => setTimeout(resolve, (round * 97) % 400));
      bench.process.kill("SIGKILL");
      await writers;
      expect(acknowledged.size).toBeGreaterThan(before);
    }
    expect(acknowledged.size).toBeGreaterThan(rounds);
    const bench = await startWorkbench({ ...administrator, PORT: port }, folder);
    const visitor = await signInAdministrator(bench.url);
    const lost: string[] = [];
    for (const [id, prompt] of acknowledged) {
      const answer = await visitor.fetch(`/api/playground/${id}`);
      const saved = answer.ok
        ? ((await answer.json()) as { document: { messages: { text: string }[] } })
        : undefined;
      if (saved?.document.messages[0]?.text !== prompt) lost.push(id);
    }
    expect(lost).toEqual([]);
    expect(await bench.stop()).toBe(0);
  });
});
