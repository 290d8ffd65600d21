import "server-only";
import { endianness } from "node:os";
import { AppError } from "@/lib/core";
import { runEmbeddings } from "../embeddings";
import { readJsonBody } from "./body";
import { tellVersion, type V1Request } from "./calls";
import { embeddingFields, parseFields } from "./fields";
import { sendJson } from "./json";

/** Little-endian floats, as OpenAI's packages read them. */
function base64(vector: Float32Array): string {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  return (endianness() === "LE" ? bytes : Buffer.from(bytes).swap32()).toString("base64");
}

function refuseTokens(input: unknown): void {
  const first = Array.isArray(input) ? input[0] : undefined;
  if (typeof first === "number" || Array.isArray(first)) {
    throw new AppError(
      "invalid",
      "Token arrays are not supported: models have different tokens. Send text.",
      {
        param: "input",
      },
    );
  }
}

/** POST /v1/embeddings */
export async function embeddings({ ctx, request, response, source, traceId }: V1Request): Promise<void> {
  const body = await readJsonBody(request);
  refuseTokens(body.input);
  const { model, input, dimensions, encoding_format } = parseFields(embeddingFields, body);
  const texts = typeof input === "string" ? [input] : input;
  const run = await runEmbeddings(
    ctx,
    { model, input: texts, dimensions },
    { source, signal: ctx.signal, traceId },
  );
  response.setHeader("x-tessera-invocation", run.invocationId);
  tellVersion(response, run.route);
  sendJson(response, {
    object: "list",
    data: run.vectors.map((vector, index) => ({
      object: "embedding",
      index,
      embedding: encoding_format === "base64" ? base64(vector) : [...vector],
    })),
    model: run.route.name,
    usage: { prompt_tokens: run.inputTokens, total_tokens: run.inputTokens },
  });
}
