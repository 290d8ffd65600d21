import { describe, expect, it } from "vitest";
import { byteCount } from "@/lib/core";
import { aboutBytes, catalogue, estimatedBytes, timeLeft } from "@/lib/models";
import { SpeedMeter } from "@/lib/models/speed-meter";

describe("figures", () => {
  it("are short and mean what they say", () => {
    expect([0, 512, 93_000, 4_200_000, 704e6, 1.12e9].map(byteCount)).toEqual([
      "0 bytes",
      "512 bytes",
      "93 kB",
      "4.2 MB",
      "704 MB",
      "1.12 GB",
    ]);
    expect([187_654_321, 1_234_567_890].map(aboutBytes)).toEqual(["about 190 MB", "about 1.2 GB"]);
    expect([0.4, 23, 240, 4800].map(timeLeft)).toEqual(["1 s", "23 s", "4 min", "1 h 20 min"]);
  });

  it("of estimates grow with the weights", () => {
    for (const entry of catalogue.filter(({ task, dtypes }) => task === "chat" && dtypes.length > 1)) {
      const [q4 = 0, q4f16 = 0, , fp16 = 0, fp32 = 0] = entry.dtypes.map((dtype) =>
        estimatedBytes(entry, dtype),
      );
      expect(q4f16 < q4 && q4 < fp32 && fp16 * 2 === fp32).toBe(true);
    }
  });

  it("of speed are those of the last ten seconds", () => {
    const meter = new SpeedMeter();
    meter.add(500, 0);
    expect(meter.bytesPerSecond(500)).toBeUndefined();
    meter.add(1500, 1000);
    expect(meter.bytesPerSecond(2000)).toBe(1000);
    expect(meter.bytesPerSecond(20_000)).toBeUndefined();
  });
});
