import "server-only";
import { AppError } from "@/lib/core";
import { readJsonBody } from "./body";
import { startCalls, type V1Request } from "./calls";
import { choicesOf, parametersOf, passedOf, requireConsistent } from "./chat";
import { completionFields, maxChoices, parseFields } from "./fields";
import { completionFramer } from "./frames";
import { sendJson } from "./json";
import { requirePromptSize } from "./messages";
import { streamAnswer } from "./stream-answer";
import { wholeAnswer } from "./whole-answer";

/** POST /v1/completions. Every model here is a chat model: a prompt is sent as one turn of the user. */
export async function completions(v1: V1Request): Promise<void> {
  const fields = parseFields(completionFields, await readJsonBody(v1.request));
  requireConsistent(fields);
  const { n = 1, stream = false } = fields;
  const prompts = typeof fields.prompt === "string" ? [fields.prompt] : fields.prompt;
  requirePromptSize(
    prompts.reduce((sum, prompt) => sum + prompt.length, 0),
    "prompt",
  );
  const choices = prompts.length * n;
  if (choices > maxChoices) {
    throw new AppError("invalid", `prompts × n is ${choices}; ${maxChoices} is the most.`, { param: "n" });
  }
  const requests = prompts.flatMap((content) =>
    choicesOf(
      {
        messages: [{ role: "user", content }],
        parameters: parametersOf(fields),
        whole: !stream,
        passed: passedOf({ logit_bias: fields.logit_bias }),
      },
      n,
    ),
  );
  const calls = await startCalls(v1, { model: fields.model, task: "completion" }, requests);
  const { model } = calls;
  const id = `cmpl-${calls.ids[0]}`;
  const created = Math.floor(Date.now() / 1000);
  if (stream) {
    const includeUsage = fields.stream_options?.include_usage === true;
    const framer = completionFramer({ id, model, created, includeUsage });
    return streamAnswer(v1, calls, framer, { choices, includeUsage });
  }
  const answer = await wholeAnswer(calls, choices);
  if (!answer) return;
  sendJson(v1.response, {
    id,
    object: "text_completion",
    created,
    model,
    choices: answer.choices.map(({ text, reason }, index) => ({
      index,
      text,
      logprobs: null,
      finish_reason: reason,
    })),
    usage: answer.usage,
  });
}
