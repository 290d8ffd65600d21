import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { getCard, getModelByName, getUsage, recordMetrics } from "@/lib/registry/server";
import { freshRegistry, serve } from "./support";

let admin: Context;
let dataDir: string;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
});

describe("what is known of a version", () => {
  it("are the scores of its card, and what was measured since in their place", async () => {
    serve(dataDir, "paper-q4", {
      scores: {
        sentiment: { n: 300, score: 0.65, low: 0.6, high: 0.7 },
        deep: { fp32: { score: 0.9 } },
        odd: "x",
      },
    });
    const { id, versions } = await getModelByName(admin, "paper-q4");
    expect(
      versions[0]?.metrics.map(({ name, value, count, source }) => [name, value, count, source]),
    ).toEqual([
      ["deep.fp32", 0.9, undefined, "model card"],
      ["sentiment", 0.65, 300, "model card"],
    ]);
    const metrics = [{ name: "sentiment", value: 0.71, low: 0.66, high: 0.76, count: 400 }];
    const measured = await recordMetrics(admin, id, 1, { source: "nightly evaluation", metrics });
    expect(measured.versions[0]?.metrics.find(({ name }) => name === "sentiment")).toMatchObject({
      value: 0.71,
      source: "nightly evaluation",
      by: { id: admin.actor.userId },
    });
  });

  it("is its card, unless the file is not the one that was registered", async () => {
    const { id } = await getModelByName(admin, "pebble-2m");
    expect((await getCard(admin, id, 1)).text).toMatch(/^# pebble-2m/);
    const files = [{ path: "README.md", size: 10, sha256: "0".repeat(64) }];
    serve(dataDir, "paper-q4", { files });
    expect(await getCard(admin, (await getModelByName(admin, "paper-q4")).id, 1)).toEqual({ text: null });
    await expect(getCard(admin, id, 7)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is how often it was called in 30 days, by place", async () => {
    const { id } = await getModelByName(admin, "pebble-2m");
    expect(await getUsage(admin, id)).toEqual({ served: [], named: [] });
    const row = {
      requestId: "req",
      traceId: "trace",
      userId: admin.actor.userId,
      source: "api",
      task: "chat",
      model: "pebble-2m",
      engine: "server",
      device: "CPU",
      parameters: {},
      stream: false,
      startedAt: new Date(),
      durationMs: 100,
      inputTokens: 10,
      outputTokens: 5,
      outcome: "ok",
      statusCode: 200,
    };
    await (await db()).prisma.invocation.createMany({
      data: [
        { ...row, id: "1", firstTokenMs: 20 },
        {
          ...row,
          id: "2",
          firstTokenMs: 40,
          durationMs: 300,
          outcome: "error",
          inputTokens: null,
          outputTokens: null,
        },
        { ...row, id: "3", engine: "browser", userId: "usr_other" },
        { ...row, id: "4", startedAt: new Date(Date.now() - 31 * 86_400_000) },
        { ...row, id: "5", model: "another" },
      ],
    });
    expect((await getUsage(admin, id)).served).toEqual([
      {
        model: "pebble-2m",
        engine: "server",
        calls: 2,
        failed: 1,
        people: 1,
        inputTokens: 10,
        outputTokens: 5,
        firstTokenMs: 30,
        durationMs: 200,
        lastAt: expect.any(String),
      },
      expect.objectContaining({ engine: "browser", calls: 1, failed: 0, people: 1 }),
    ]);
  });
});
