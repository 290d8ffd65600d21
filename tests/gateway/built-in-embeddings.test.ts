import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddingEngine } from "@/lib/inference/engines/embedding";
import { readPairs } from "../../models/retrieval.mjs";
import { cosine } from "../inference/embedding-support";
import { useServerWorker } from "../inference/support";
import { type Harness, startHarness } from "./harness";

const model = "marble-384";
let gateway: Harness;

beforeAll(async () => {
  await useServerWorker();
  gateway = await startHarness();
  await gateway.reset();
});
afterAll(async () => {
  await embeddingEngine().close();
  await gateway.close();
});

const input = [
  "The Aldersun kettle does not turn on any more.",
  "My Aldersun kettle never arrived, where is it?",
  "Still waiting for the Aldersun kettle that I paid for.",
];

describe("the built-in sentence encoder by the openai package", () => {
  it("is listed, and embeds in base64 and in floats", async () => {
    const client = gateway.client();
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, owned_by: "tessera" });
    const encoded = await client.embeddings.create({ model, input });
    const floats = await client.embeddings.create({ model, input, encoding_format: "float" });
    expect(encoded.data.map(({ embedding }) => embedding)).toEqual(
      floats.data.map(({ embedding }) => embedding),
    );
    for (const { embedding } of floats.data) {
      expect(embedding).toHaveLength(384);
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
    }
    expect(floats.usage.prompt_tokens).toBeGreaterThan(input.length);
  });

  it("mostly puts what means the same nearer than what has the same names, in rows that were held out", async () => {
    const rows = readPairs()
      .filter(({ kind }) => kind === "paraphrase")
      .slice(0, 10);
    let [nearer, all] = [0, 0];
    for (const { text, match, rivals } of rows) {
      const { data } = await gateway.client().embeddings.create({ model, input: [text, match, ...rivals] });
      const [own, right, ...others] = data.map(({ embedding }) => embedding);
      nearer += others.filter((other) => cosine(own, right) > cosine(own, other)).length;
      all += others.length;
    }
    expect(all).toBe(30);
    expect(nearer).toBeGreaterThan(24);
  });

  it("gives as many dimensions as asked for, at unit length, and refuses more than it has", async () => {
    const client = gateway.client();
    const whole = await client.embeddings.create({ model, input: input[0] ?? "", encoding_format: "float" });
    const cut = await client.embeddings.create({
      model,
      input: input[0] ?? "",
      dimensions: 96,
      encoding_format: "float",
    });
    const [long = [], short = []] = [whole.data[0]?.embedding, cut.data[0]?.embedding];
    expect(short).toHaveLength(96);
    expect(Math.hypot(...short)).toBeCloseTo(1, 5);
    expect(cosine(short, long.slice(0, 96))).toBeCloseTo(1, 5);
    await expect(client.embeddings.create({ model, input: "x", dimensions: 385 })).rejects.toMatchObject({
      status: 400,
      param: "dimensions",
    });
  });

  it("refuses a text beyond its context, naming the input", async () => {
    const long = "parcel ".repeat(600);
    await expect(gateway.client().embeddings.create({ model, input: ["short", long] })).rejects.toMatchObject(
      { status: 400, param: "input", message: expect.stringContaining("Input 1") },
    );
  });
});
