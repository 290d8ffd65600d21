import { describe, expect, it } from "vitest";
import { createMeter } from "@/lib/playground/speed";

describe("figures of an answer", () => {
  it("measures the first token from the submit and the speed over the decode phase alone", () => {
    const meter = createMeter(1_000);
    meter.delta(1_180, 1);
    for (let token = 1; token <= 20; token++) meter.delta(1_180 + token * 50, 1);
    meter.usage(31, 21);
    expect(meter.figures()).toEqual({
      firstTokenMs: 180,
      tokensPerSecond: 20,
      inputTokens: 31,
      outputTokens: 21,
      estimated: false,
    });
  });

  it("leaves the tokens of the first piece out, however many came in it", () => {
    const meter = createMeter(0);
    meter.delta(100, 8);
    meter.delta(600, 10);
    expect(meter.figures().tokensPerSecond).toBe(20);
    expect(meter.figures().outputTokens).toBe(18);
  });

  it("does not invent a speed for an answer that came in one piece", () => {
    const meter = createMeter(0);
    meter.delta(40, 1);
    meter.usage(10, 1);
    expect(meter.figures().tokensPerSecond).toBeNull();
    expect(meter.figures().firstTokenMs).toBe(40);
  });

  it("counts pieces while the upstream does not count, says so, and believes the usage at the end", () => {
    const meter = createMeter(0);
    meter.delta(100, 0);
    meter.delta(1_100, 0);
    expect(meter.figures()).toMatchObject({ tokensPerSecond: 1, outputTokens: 2, estimated: true });
    meter.usage(5, 41);
    expect(meter.figures()).toMatchObject({ tokensPerSecond: 40, outputTokens: 41, estimated: false });
  });

  it("knows nothing before the first text", () => {
    expect(createMeter(0).figures()).toEqual({
      firstTokenMs: null,
      tokensPerSecond: null,
      inputTokens: null,
      outputTokens: null,
      estimated: false,
    });
  });
});
