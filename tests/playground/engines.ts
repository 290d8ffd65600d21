import type { ChatCall } from "@/lib/inference";
import type { RunEngine, RunEvent } from "@/lib/playground/engine";

/** An engine that gives these events, a timer tick apart, and stops when it is told to. */
export function scripted(
  events: RunEvent[] | ((call: ChatCall) => RunEvent[]),
  calls: ChatCall[] = [],
): RunEngine {
  return async function* run(call, signal) {
    calls.push(call);
    for (const event of typeof events === "function" ? events(call) : events) {
      await new Promise((done) => setTimeout(done, 1));
      if (signal.aborted) {
        yield { type: "finish", reason: "aborted" };
        return;
      }
      yield event;
    }
  };
}

/** An engine that says `text` word by word and finishes. */
export function speaking(text: string, calls: ChatCall[] = []): RunEngine {
  return scripted(spoken(text), calls);
}

export function spoken(text: string): RunEvent[] {
  const words = text.split(/(?<= )/);
  return [
    { type: "start", engine: { kind: "server", device: "ONNX, CPU" } },
    ...words.map((word): RunEvent => ({ type: "delta", text: word, tokens: 1 })),
    { type: "usage", inputTokens: 12, outputTokens: words.length, reported: false },
    { type: "finish", reason: "stop" },
  ];
}

/** An engine that gives some text and then waits until it is stopped. */
export function endless(text: string): RunEngine {
  return async function* run(_, signal) {
    yield { type: "start", engine: { kind: "server", device: "ONNX, CPU" } };
    yield { type: "delta", text, tokens: 1 };
    await new Promise<void>((done) => signal.addEventListener("abort", () => done()));
    yield { type: "finish", reason: "aborted" };
  };
}

/** An engine that fails after some text. */
export function failing(text: string, status = 503): RunEngine {
  return scripted([
    { type: "request", requestId: "req-7f3a" },
    { type: "delta", text, tokens: 1 },
    { type: "error", code: "unavailable", message: "The upstream refused the call.", status },
  ]);
}
