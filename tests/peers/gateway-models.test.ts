import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Harness, startHarness } from "../gateway/harness";

let gateway: Harness;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const messages = [{ role: "user", content: "Hi" }];

it("CVE-2026-34756: an unbounded n is refused before any work", async () => {
  for (const n of [9, 1e6, 1e9, 1e308, -1]) {
    expect((await gateway.post("/chat/completions", { model: "up/chat", messages, n })).status).toBe(400);
    expect((await gateway.post("/completions", { model: "up/chat", prompt: "Hi", n })).status).toBe(400);
  }
  expect(gateway.upstream.calls).toHaveLength(0);
});

it("CVE-2026-44555, CVE-2026-44556, CVE-2026-44563: no sibling endpoint or spelling reaches a model that is not offered", async () => {
  const names = [
    "up/secret-model",
    "up//chat",
    "up/chat/",
    "UP/chat",
    "up/CHAT",
    "up%2Fchat",
    " up/chat",
    "up/../up/chat",
    "other/chat",
    "chat",
  ];
  for (const model of names) {
    const answers = await Promise.all([
      gateway.post("/chat/completions", { model, messages }),
      gateway.post("/chat/completions", { model, messages, stream: true }),
      gateway.post("/completions", { model, prompt: "Hi" }),
      gateway.post("/embeddings", { model, input: "Hi" }),
    ]);
    for (const answer of answers) {
      expect([model, answer.status, (await answer.json()).error.code]).toEqual([
        model,
        404,
        "model_not_found",
      ]);
    }
  }
  expect(gateway.upstream.calls).toHaveLength(0);
  expect(await gateway.rows()).toEqual([]);
});

it("CVE-2026-44555: a model that is hidden and one that does not exist are answered alike", async () => {
  const ask = (id: string) =>
    fetch(`${gateway.baseUrl}/models/${id}`, { headers: { authorization: `Bearer ${gateway.key}` } });
  const [hidden, absent] = await Promise.all([ask("up/secret-model"), ask("no/secret-model")]);
  const text = async (answer: Response) => (await answer.text()).replaceAll(/up\/|no\//g, "");
  expect([hidden.status, await text(hidden)]).toEqual([absent.status, await text(absent)]);
});
