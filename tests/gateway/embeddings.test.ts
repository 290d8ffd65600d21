import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dropSingle } from "@/lib/core/server";
import { getSystem } from "@/lib/gateway/system";
import { embeddingEngine } from "@/lib/inference/engines/embedding";
import { cosine, randomEncoder, sentence, width } from "../inference/embedding-support";
import { useServerWorker } from "../inference/support";
import { type Harness, refusalOf, startHarness } from "./harness";

let gateway: Harness;
beforeAll(async () => {
  await useServerWorker();
  gateway = await startHarness();
  await randomEncoder(join(gateway.dataDir, "models"), "tiny-encoder");
  dropSingle("inference.manifests");
});
afterAll(async () => {
  await embeddingEngine().close();
  await gateway.close();
});
beforeEach(() => gateway.reset());

const model = "tiny-encoder";
const input = [sentence(4, 1), sentence(30, 2), sentence(11, 3)];

interface Body {
  data: { index: number; embedding: string | number[] }[];
  model: string;
  usage: { prompt_tokens: number; total_tokens: number };
}

const vectorOf = (embedding: string) => {
  const bytes = Buffer.from(embedding, "base64");
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
};

describe("/v1/embeddings with an encoder of this server", () => {
  it("answers in floats and in base64 alike, and counts tokens", async () => {
    const [floats, encoded] = await Promise.all(
      ["float", "base64"].map(async (encoding_format): Promise<Body> => {
        const response = await gateway.post("/embeddings", { model, input, encoding_format });
        expect(response.status).toBe(200);
        return response.json();
      }),
    );
    expect(floats).toMatchObject({ object: "list", model, usage: { prompt_tokens: 51, total_tokens: 51 } });
    expect(floats?.data.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const [i, { embedding }] of (floats?.data ?? []).entries()) {
      expect(embedding).toHaveLength(width);
      const decoded = vectorOf(encoded?.data[i]?.embedding as string);
      expect(decoded).toHaveLength(width);
      expect(cosine(decoded, embedding as number[])).toBeGreaterThan(0.99999);
    }
    expect(await gateway.rows()).toMatchObject(
      Array(2).fill({
        task: "embedding",
        model,
        engine: "server",
        device: "CPU",
        inputTokens: 51,
        outcome: "ok",
      }),
    );
  });

  it("answers the openai package, with fewer dimensions too", async () => {
    const { data } = await gateway
      .client()
      .embeddings.create({ model, input: input[0] ?? "", dimensions: 8 });
    expect(data[0]?.embedding).toHaveLength(8);
    expect(Math.hypot(...(data[0]?.embedding ?? []))).toBeCloseTo(1, 5);
  });

  it("refuses what the model cannot hold, and records the refusal", async () => {
    const tooLong = await gateway.post("/embeddings", { model, input: ["w1", sentence(600)] });
    expect(await refusalOf(tooLong)).toMatchObject({
      status: 400,
      param: "input",
      message: "Input 1 of tiny-encoder has 602 tokens; it reads 512.",
    });
    const tooWide = await gateway.post("/embeddings", { model, input: "w1", dimensions: 64 });
    expect(await refusalOf(tooWide)).toMatchObject({ status: 400, param: "dimensions" });
    expect(await gateway.rows()).toMatchObject(
      Array(2).fill({ outcome: "error", statusCode: 400, errorCode: "invalid" }),
    );
  });

  it("shows the model among those in memory", async () => {
    await gateway.post("/embeddings", { model, input: "w1" });
    const { engine } = await getSystem(gateway.admin);
    expect(engine.models).toContainEqual(
      expect.objectContaining({ name: model, state: "ready", device: "CPU" }),
    );
  });
});
