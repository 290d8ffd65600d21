import { z } from "zod";
import type { ChatEvent, EngineErrorCode, FinishReason } from "@/lib/inference";
import { engineKinds, tokenLogProbability } from "@/lib/inference";
import { fieldsOf } from "./call-fields";
import type { RunCall, RunEngine, RunEvent } from "./engine";
import { watchLeaving } from "./leaving";
import { readEvents } from "./sse";

const failureBody = z.object({
  error: z.object({
    message: z.string(),
    code: z.union([z.string(), z.number()]).nullish(),
    upstream: z.object({ status: z.number().optional(), body: z.string() }).optional(),
  }),
});
type FailureBody = z.infer<typeof failureBody>["error"];

const chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
        logprobs: z.object({ content: z.array(tokenLogProbability).nullish() }).nullish(),
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
  tessera: z
    .object({
      tokens: z.number().optional(),
      engine: z
        .object({ kind: z.enum(engineKinds), device: z.string(), fallback: z.string().optional() })
        .optional(),
    })
    .nullish(),
});

const codeOfStatus: Record<number, EngineErrorCode> = {
  400: "invalid",
  403: "forbidden",
  404: "not_found",
  409: "unprocessable",
  422: "unprocessable",
  429: "rate_limited",
  502: "upstream",
  503: "unavailable",
  504: "timeout",
};
const codes = new Set<string>(Object.values(codeOfStatus));

const finishOf: Record<string, FinishReason> = {
  length: "length",
  tool_calls: "tool_calls",
  content_filter: "content_filter",
};

function failure({ message, code, upstream }: FailureBody, status?: number): ChatEvent {
  const named = typeof code === "string" && codes.has(code) ? (code as EngineErrorCode) : undefined;
  return {
    type: "error",
    code: named ?? codeOfStatus[status ?? 502] ?? "internal",
    message,
    status: upstream?.status ?? status,
    body: upstream?.body,
  };
}

async function refusal(response: Response): Promise<ChatEvent> {
  const body = await response.text();
  try {
    const { error } = failureBody.parse(JSON.parse(body));
    return failure(error, response.status);
  } catch {
    // A proxy in front may answer with a page instead of JSON: the status is all there is to tell.
    return failure(
      { message: `The workbench answered ${response.status} without saying why.` },
      response.status,
    );
  }
}

async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<RunEvent> {
  let reason: string | undefined;
  for await (const data of readEvents(body)) {
    if (data === "[DONE]") break;
    const json: unknown = JSON.parse(data);
    const failed = failureBody.safeParse(json);
    if (failed.success) {
      yield failure(failed.data.error);
      return;
    }
    const { choices, usage, tessera } = chunk.parse(json);
    if (tessera?.engine) yield { type: "start", engine: tessera.engine };
    const choice = choices?.[0];
    const logprobs = choice?.logprobs?.content ?? undefined;
    if (choice?.delta?.content || logprobs) {
      yield { type: "delta", text: choice?.delta?.content ?? "", tokens: tessera?.tokens ?? 0, logprobs };
    }
    if (choice?.finish_reason) reason = choice.finish_reason;
    if (usage) {
      yield {
        type: "usage",
        inputTokens: usage.prompt_tokens,
        outputTokens: usage.completion_tokens,
        reported: false,
        cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? undefined,
      };
    }
  }
  if (reason === undefined) yield failure({ message: "The stream ended before the answer did." });
  else yield { type: "finish", reason: finishOf[reason] ?? "stop" };
}

function bodyOf(call: RunCall): string {
  return JSON.stringify({ ...fieldsOf(call), stream: true, stream_options: { include_usage: true } });
}

/**
 * Server and remote models, through the one door that counts and records: `/v1/chat/completions`.
 * `origin` is empty in a page.
 */
export function gatewayEngine(origin = ""): RunEngine {
  return async function* run(call, signal) {
    const leaving = watchLeaving();
    try {
      const response = await fetch(`${origin}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-tessera-source": "playground" },
        body: bodyOf(call),
        signal,
      });
      const requestId = response.headers.get("x-request-id");
      if (requestId) yield { type: "request", requestId };
      if (!response.ok) yield await refusal(response);
      else if (!response.body) yield failure({ message: "The workbench answered without a stream." });
      else yield* readChunks(response.body);
    } catch (error) {
      await leaving.unlessLeft();
      if (signal.aborted) yield { type: "finish", reason: "aborted" };
      else if (error instanceof SyntaxError || error instanceof z.ZodError) {
        yield failure({ message: "The stream was not understood." });
      } else {
        yield { type: "error", code: "unavailable", message: "The connection to the workbench broke." };
      }
    } finally {
      leaving.stop();
    }
  };
}
