import "server-only";
import { AppError } from "@/lib/core";
import { field } from "./openai-answer";

const maxDimensions = 16_384;

function vectorOf(value: unknown): Float32Array {
  if (typeof value === "string") {
    const bytes = Buffer.from(value, "base64");
    const vector = new Float32Array(Math.floor(bytes.length / 4));
    for (let i = 0; i < vector.length; i++) vector[i] = bytes.readFloatLE(i * 4);
    return vector;
  }
  return Array.isArray(value) ? Float32Array.from(value, Number) : new Float32Array();
}

/** The vectors of an embeddings answer, in the order of `input`. @throws AppError `upstream` when any is missing. */
export function parseVectors(
  json: unknown,
  input: string[],
): { vectors: Float32Array[]; inputTokens: number } {
  const data = field(json, "data");
  const vectors: (Float32Array | undefined)[] = input.map(() => undefined);
  for (const [position, entry] of (Array.isArray(data) ? data : []).entries()) {
    const index = field(entry, "index") ?? position;
    if (typeof index !== "number" || !(index in vectors)) continue;
    vectors[index] = vectorOf(field(entry, "embedding"));
  }
  const dimensions = vectors[0]?.length ?? 0;
  const whole = vectors.filter((vector): vector is Float32Array => {
    if (!vector || vector.length !== dimensions || dimensions === 0 || dimensions > maxDimensions)
      return false;
    return vector.every(Number.isFinite);
  });
  if (whole.length !== input.length) {
    throw new AppError("upstream", "The upstream's answer does not hold one vector for each text.");
  }
  const counted = field(field(json, "usage"), "prompt_tokens");
  const estimate = input.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  return {
    vectors: whole,
    inputTokens: typeof counted === "number" && counted >= 0 ? Math.trunc(counted) : estimate,
  };
}
