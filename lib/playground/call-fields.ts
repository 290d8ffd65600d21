import type { RunCall } from "./engine";

/** A call as `POST /v1/chat/completions` takes it: by its prompt's name, where it has one, else by its messages. */
export function fieldsOf({
  model,
  messages,
  parameters,
  responseFormat,
  logprobs,
  named,
}: RunCall): Record<string, unknown> {
  const said = named ?? { messages, parameters, responseFormat };
  return {
    model,
    ...(named ? { prompt: named.prompt } : {}),
    ...(said.messages ? { messages: said.messages } : {}),
    ...said.parameters,
    ...(said.responseFormat ? { response_format: said.responseFormat } : {}),
    ...(logprobs === undefined ? {} : { logprobs: true, top_logprobs: logprobs }),
  };
}
