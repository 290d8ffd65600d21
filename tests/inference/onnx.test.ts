import { beforeAll, describe, expect, it } from "vitest";
import type { ChatEvent } from "@/lib/inference";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import type { WorkerHost } from "@/lib/inference/engines/worker-host";
import { ask, collect, engineOver, randomModel, run, scratchFolder, useServerWorker } from "./support";

const never = new AbortController().signal;
const varied = { temperature: 1.5, seed: 3 };

let babble: ModelSource;
let engine: WorkerHost;

beforeAll(async () => {
  await useServerWorker();
  babble = await randomModel(await scratchFolder(), "babble", 256);
  engine = engineOver([babble]);
});

const kinds = (events: ChatEvent[]) =>
  events.map((event) => event.type).filter((type, i, all) => type !== all[i - 1]);

describe("a call to the server's ONNX engine", () => {
  it("streams its events in the port's order, with exact counts", async () => {
    const { events, last, text } = await run(engine, ask("babble", "Hello", { ...varied, max_tokens: 40 }));
    expect(kinds(events)).toEqual(["start", "delta", "usage", "finish"]);
    expect(events[0]).toMatchObject({ engine: { kind: "server", device: "CPU" } });
    expect(last).toEqual({ type: "finish", reason: "length" });
    expect(events).toContainEqual({
      type: "usage",
      inputTokens: expect.any(Number),
      outputTokens: 40,
      reported: true,
      cachedTokens: 0,
    });
    const shown = events.reduce((sum, event) => sum + (event.type === "delta" ? event.tokens : 0), 0);
    expect(shown).toBeLessThanOrEqual(40);
    expect(shown).toBeGreaterThan(35);
    expect(text.length).toBeGreaterThan(0);
  });

  it("gives the same text for the same seed, another for another, and one text when greedy", async () => {
    const text = async (parameters: object) =>
      (await run(engine, ask("babble", "Hi", { max_tokens: 30, ...parameters }))).text;
    expect(await text(varied)).toBe(await text(varied));
    expect(await text(varied)).not.toBe(await text({ ...varied, seed: 4 }));
    expect(await text({ temperature: 0, seed: 1 })).toBe(await text({ temperature: 0, seed: 2 }));
  });

  it("ends at a stop sequence that spans tokens and shows nothing of it", async () => {
    const whole = await run(engine, ask("babble", "Hi", { ...varied, max_tokens: 60 }));
    const at = Math.floor(whole.text.length / 2);
    const stop = whole.text.slice(at, at + 9);
    const cut = await run(engine, ask("babble", "Hi", { ...varied, max_tokens: 60, stop: [stop] }));
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.last).toEqual({ type: "finish", reason: "stop" });
    expect(cut.outputTokens).toBeLessThan(whole.outputTokens);
  });

  it("ends with length where the context ends", async () => {
    const { events, last } = await run(engine, ask("babble", "Hi", varied));
    const usage = events.find((event) => event.type === "usage");
    expect(usage?.type === "usage" && usage.inputTokens + usage.outputTokens).toBe(256);
    expect(last).toEqual({ type: "finish", reason: "length" });
  });

  it("refuses a prompt that is too long, naming both numbers, and an unknown model", async () => {
    const long = await run(engine, ask("babble", "late parcel ".repeat(300)));
    expect(kinds(long.events)).toEqual(["start", "error"]);
    expect(long.last).toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/\d+ tokens; babble holds 256/),
    });
    expect((await run(engine, ask("absent", "Hi"))).last).toMatchObject({ type: "error", code: "not_found" });
  });
});

describe("log-probabilities", () => {
  const logprobsOf = async (logprobs: number, parameters: object) => {
    const call = { ...ask("babble", "Hello", { max_tokens: 12, ...parameters }), logprobs };
    const { events, text } = await run(engine, call);
    return { text, all: events.flatMap((event) => (event.type === "delta" ? (event.logprobs ?? []) : [])) };
  };

  it("tell each token with its alternatives, the likeliest first", async () => {
    const { all, text } = await logprobsOf(3, { temperature: 0 });
    expect(new TextDecoder().decode(Uint8Array.from(all.flatMap(({ bytes }) => bytes ?? [])))).toBe(text);
    for (const { token, logprob, top_logprobs } of all) {
      expect(top_logprobs.length).toBe(3);
      expect(top_logprobs[0]).toMatchObject({ token, logprob });
      expect(top_logprobs.map((other) => other.logprob)).toEqual(
        top_logprobs.map((other) => other.logprob).toSorted((a, b) => b - a),
      );
      expect(top_logprobs.reduce((sum, other) => sum + Math.exp(other.logprob), 0)).toBeLessThanOrEqual(
        1.000001,
      );
    }
  });

  it("are the model's own, whatever is done to them before a token is drawn", async () => {
    const { all } = await logprobsOf(0, { temperature: 0 });
    const first = (await logprobsOf(0, { temperature: 2, top_k: 1, frequency_penalty: 2 })).all;
    expect(first[0]).toEqual(all[0]);
    expect(all[0]?.top_logprobs).toEqual([]);
  });
});

describe("an aborted call", () => {
  it("ends within a token, with what was counted until then", async () => {
    const leaving = new AbortController();
    const events: ChatEvent[] = [];
    let abortedAt = 0;
    for await (const event of engine.chat(ask("babble", "Hi", varied), leaving.signal)) {
      events.push(event);
      if (event.type === "delta" && !leaving.signal.aborted) {
        leaving.abort();
        abortedAt = performance.now();
      }
    }
    expect(performance.now() - abortedAt).toBeLessThan(1000);
    expect(events.at(-1)).toEqual({ type: "finish", reason: "aborted" });
    expect(kinds(events)).toEqual(["start", "delta", "usage", "finish"]);
    const usage = events.find((event) => event.type === "usage");
    expect(usage?.type === "usage" && usage.outputTokens).toBeLessThan(120);
    expect(engine.status().busy).toBe(0);
  });

  it("ends at once when it was aborted before it began", async () => {
    const { events, last } = await run(engine, ask("babble", "Hi"), AbortSignal.abort());
    expect(kinds(events)).toEqual(["start", "usage", "finish"]);
    expect(last).toEqual({ type: "finish", reason: "aborted" });
  });

  it("frees its place when its reader walks away", async () => {
    for await (const event of engine.chat(ask("babble", "Hi", varied), never))
      if (event.type === "delta") break;
    await expect.poll(() => engine.status().busy, { timeout: 5000 }).toBe(0);
  });
});

describe("several calls at once", () => {
  it("give each the answer it has alone", async () => {
    const calls = Array.from({ length: 12 }, (_, i) =>
      ask("babble", `Ticket ${i}`, { ...varied, seed: i, max_tokens: 25 }),
    );
    const alone: string[] = [];
    for (const call of calls) alone.push((await run(engine, call)).text);
    const together = await Promise.all(calls.map((call) => run(engine, call)));
    expect(together.map((answer) => answer.text)).toEqual(alone);
  });

  it("do not wait for a long one to end", async () => {
    const order: string[] = [];
    const long = engine.chat(ask("babble", "long", varied), never)[Symbol.asyncIterator]();
    await long.next();
    const rest = (async () => {
      while (!(await long.next()).done);
      order.push("long");
    })();
    await run(engine, ask("babble", "short", { ...varied, max_tokens: 5 }));
    order.push("short");
    await rest;
    expect(order).toEqual(["short", "long"]);
  });

  it("are served in order, refused beyond the bound, and leave the line when aborted", async () => {
    const narrow = engineOver([babble], { maxRunning: 1, maxWaiting: 2 });
    await narrow.load("babble");
    const order: number[] = [];
    const leaving = new AbortController();
    const call = (i: number, signal = never) =>
      run(narrow, ask("babble", "Hi", { ...varied, max_tokens: 200 }), signal).then((answer) => {
        order.push(i);
        return answer;
      });
    // Not by looking now and then: on a busy machine an answer is over between two looks.
    const running = call(0);
    const waiting = [call(1), call(2, leaving.signal)];
    await expect.poll(() => narrow.status().waiting).toBe(2);
    expect((await call(3)).last).toMatchObject({ type: "error", code: "unavailable", retryAfter: 5 });
    leaving.abort();
    expect((await waiting[1])?.last).toEqual({ type: "finish", reason: "aborted" });
    expect(narrow.status()).toMatchObject({ busy: 1, waiting: 1 });
    const next = call(4);
    expect((await running).last).toMatchObject({ reason: "length" });
    await Promise.all([waiting[0], next]);
    expect(order).toEqual([3, 2, 0, 1, 4]);
  });

  it("of several callers are served in turns, whoever asked most", async () => {
    const narrow = engineOver([babble], { maxRunning: 2 });
    await narrow.load("babble");
    const order: string[] = [];
    const call = (caller: string) =>
      run(narrow, { ...ask("babble", "Hi", { ...varied, max_tokens: 20 }), caller }).then(() => {
        order.push(caller);
      });
    await Promise.all([...Array.from({ length: 10 }, () => call("greedy")), call("modest"), call("third")]);
    expect(order.indexOf("modest")).toBeLessThan(5);
    expect(order.indexOf("third")).toBeLessThan(5);
  });

  it("begin where an earlier prompt began alike", async () => {
    const used = async (content: string) => {
      const messages = [
        { role: "system" as const, content: "You sort the mail of a shop for cups and plates. ".repeat(3) },
        { role: "user" as const, content },
      ];
      const { events } = await run(engine, { model: "babble", messages, parameters: { max_tokens: 3 } });
      const usage = events.find((event) => event.type === "usage");
      return usage?.type === "usage" ? usage : undefined;
    };
    expect((await used("It came late."))?.cachedTokens).toBe(0);
    const { cachedTokens = 0, inputTokens = 0 } = (await used("A cup was broken.")) ?? {};
    expect(cachedTokens).toBeGreaterThan(20);
    expect(cachedTokens).toBeLessThan(inputTokens);
  });

  it("load a model once, however many ask for it", async () => {
    let loads = 0;
    let loading = false;
    const fresh = engineOver([babble], {
      onStatus: () => {
        const now = fresh?.status().models[0]?.state === "loading";
        if (now && !loading) loads++;
        loading = now;
      },
    });
    await Promise.all(Array.from({ length: 50 }, () => fresh.load("babble")));
    expect(loads).toBe(1);
    expect(fresh.status().models).toMatchObject([{ name: "babble", state: "ready", device: "CPU" }]);
    expect(fresh.status().models[0]?.memoryBytes).toBeGreaterThan(100_000);
  });
});

describe("a slow reader", () => {
  it("gets everything that came meanwhile as one piece", async () => {
    const parameters = { ...varied, max_tokens: 80 };
    const quick = await run(engine, ask("babble", "Hi", parameters));
    const stream = engine.chat(ask("babble", "Hi", parameters), never);
    const first = await stream.next();
    await expect.poll(() => engine.status().busy, { timeout: 20_000 }).toBe(0);
    const slow = await collect(stream);
    expect(first.value).toMatchObject({ type: "start" });
    expect(slow.text).toBe(quick.text);
    // What had come together with the start, the rest, usage and finish.
    expect(slow.events.length).toBeLessThanOrEqual(4);
  });
});
