import { z } from "zod";
import { chatParameters, engineKinds } from "@/lib/inference";
import { variableName, variableType } from "@/lib/prompts";
import { bounds, localIdText, text } from "./bounds";
import { attachments, promptMessage } from "./message-schema";
import { answeredPrompt, loadedPrompt, sentPrompt } from "./prompt-schema";

export type { VariableType } from "@/lib/prompts";
export { bounds } from "./bounds";
export type { Attachment, PromptMessage } from "./message-schema";

const milliseconds = z.number().min(0).max(86_400_000);
const tokens = z.number().int().min(0).max(100_000_000);

/** What a column sets itself; null means "not sent here, whatever holds for all". */
export const columnParameters = z.strictObject({
  temperature: chatParameters.shape.temperature.nullable(),
  top_p: chatParameters.shape.top_p.nullable(),
  top_k: chatParameters.shape.top_k.nullable(),
  min_p: chatParameters.shape.min_p.nullable(),
  max_tokens: chatParameters.shape.max_tokens.nullable(),
  stop: chatParameters.shape.stop.nullable(),
  seed: chatParameters.shape.seed.nullable(),
  presence_penalty: chatParameters.shape.presence_penalty.nullable(),
  frequency_penalty: chatParameters.shape.frequency_penalty.nullable(),
});
export type ColumnParameters = z.infer<typeof columnParameters>;

export const playgroundColumn = z.strictObject({
  id: localIdText,
  model: z.string().min(1).max(200),
  engine: z.enum(engineKinds),
  parameters: columnParameters,
  /** In place of the system prompt for all; absent takes that one. */
  system: text(bounds.text).optional(),
  /** In place of what is asked for all: a version of a prompt of the library. */
  prompt: loadedPrompt.optional(),
});
export type PlaygroundColumn = z.infer<typeof playgroundColumn>;

export const variableValues = z.record(variableName, text(bounds.text));
export type VariableValues = z.infer<typeof variableValues>;

/** The answer's format as it stands in the editor: a schema that does not parse yet is kept too. */
export const answerFormat = z.strictObject({
  type: z.enum(["text", "json_object", "json_schema", "regex"]),
  schema: text(100_000),
  pattern: text(10_000),
});
export type AnswerFormat = z.infer<typeof answerFormat>;

/** Figures of one answer; null is "not measured". */
export const metrics = z.strictObject({
  firstTokenMs: milliseconds.nullable(),
  /** Of the decode phase: see `speed.ts`. */
  tokensPerSecond: z.number().min(0).max(10_000_000).nullable(),
  inputTokens: tokens.nullable(),
  outputTokens: tokens.nullable(),
  durationMs: milliseconds,
  /** Part of the time to the first token that went into loading the model. */
  loadMs: milliseconds.optional(),
  /** US dollars by the price table when it was answered; absent is unknown. */
  cost: z.number().min(0).max(1_000_000).optional(),
  /** `measured`: tokens counted by our server or its upstream. `reported`: by the browser, unchecked. */
  provenance: z.enum(["measured", "reported"]),
});
export type Metrics = z.infer<typeof metrics>;

export const answerFailure = z.strictObject({
  code: z.string().max(64),
  message: text(4_000),
  status: z.number().int().min(100).max(599).optional(),
  requestId: z.string().max(100).optional(),
  /** What an upstream answered. */
  body: text(8_000).optional(),
});
export type AnswerFailure = z.infer<typeof answerFailure>;

/** A token, the natural logarithm of its probability, and the likeliest instead of it. */
export const scoredToken = z.strictObject({
  token: text(1_000),
  logprob: z.number().max(0.001),
  top: z.array(z.tuple([text(1_000), z.number().max(0.001)])).max(20),
});
export type ScoredToken = z.infer<typeof scoredToken>;

export const answer = z.strictObject({
  text: text(bounds.text),
  /** `interrupted`: the page went away while the answer was streaming. */
  outcome: z.enum(["finished", "stopped", "failed", "interrupted"]),
  finish: z.enum(["stop", "length", "tool_calls", "content_filter"]).optional(),
  failure: answerFailure.optional(),
  metrics: metrics.optional(),
  model: z.string().min(1).max(200),
  engine: z.strictObject({ kind: z.enum(engineKinds), device: z.string().max(200) }),
  /** Of the sampling, when one was sent. */
  seed: z.number().int().optional(),
  /** The first tokens with their probabilities, when they were asked for. */
  logprobs: z.array(scoredToken).max(bounds.scoredTokens).optional(),
  /** The prompt of the library that asked for it. */
  prompt: answeredPrompt.optional(),
});
export type Answer = z.infer<typeof answer>;

const answers = z.preprocess(
  // Before answers could be repeated, a turn had one of each column.
  (value) =>
    Object.fromEntries(
      Object.entries((value ?? {}) as Record<string, unknown>).map(([column, given]) => [
        column,
        Array.isArray(given) ? given : [given],
      ]),
    ),
  z.record(localIdText, z.array(answer).min(1).max(bounds.answers)),
);

export const playgroundTurn = z.strictObject({
  id: localIdText,
  /** The turn it follows; null begins a conversation. */
  parent: localIdText.nullable(),
  user: text(bounds.text),
  attachments: attachments.optional(),
  /** Messages of the prompt before `user`, as sent; of a turn that begins a conversation. */
  lead: z.array(promptMessage).max(bounds.messages).optional(),
  /** The beginning of the answer that was put into the assistant's mouth. */
  prefill: text(bounds.text).optional(),
  /** Of the variables, as filled in when it was sent. */
  values: variableValues.optional(),
  /** What columns were asked by prompts of the library, by column id; of a turn that begins a conversation. */
  asked: z.record(localIdText, sentPrompt).optional(),
  /** The one column this turn was sent to; absent when it went to all. */
  column: localIdText.optional(),
  /** By column id, in the order in which they were given. */
  answers,
  /** Which of a column's answers counts, where it is not the last. */
  chosen: z.record(localIdText, z.number().int().min(0)).optional(),
});
export type PlaygroundTurn = z.infer<typeof playgroundTurn>;

/** A row of the grid: one input for all columns. */
export const gridRow = z.strictObject({
  id: localIdText,
  values: variableValues,
  answers: z.record(localIdText, answer),
});
export type GridRow = z.infer<typeof gridRow>;

const documentShape = z.strictObject({
  system: text(bounds.text),
  /** The prompt as it stands in the editor; turns keep what was sent. */
  messages: z.array(promptMessage).min(1).max(bounds.messages),
  /** A prompt of the library in place of `system` and `messages`, for all columns without one of their own. */
  prompt: loadedPrompt.optional(),
  /** Variables that are not plain text. */
  variables: z.record(variableName, variableType).default({}),
  values: variableValues.default({}),
  format: answerFormat.default({ type: "text", schema: "", pattern: "" }),
  /** How many answers each column gives to a message. */
  repeats: z.number().int().min(1).max(bounds.repeats).default(1),
  /** Alternatives shown for each token; null asks for no probabilities. */
  logprobs: z.number().int().min(0).max(20).nullable().default(null),
  sameInput: z.boolean(),
  parameters: chatParameters,
  columns: z.array(playgroundColumn).min(1).max(bounds.columns),
  turns: z.array(playgroundTurn).max(bounds.turns),
  /** The last turn of the conversation in sight; others hang on other branches. */
  head: localIdText.nullable().default(null),
  rows: z.array(gridRow).max(bounds.rows).default([]),
  /** A word for what is compared, under which votes are counted. */
  task: text(60).default(""),
  /** `asked`: the user pressed Save. `auto`: no answer in it ever ran in a browser. */
  saving: z.enum(["asked", "auto"]),
});

/** Documents of the first release, which had one message and one line of turns. */
function fromFirstRelease(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("prompt" in value)) return value;
  if (typeof value.prompt !== "string") return value;
  const { prompt, turns, ...rest } = value as { prompt: unknown; turns?: unknown };
  const list = (Array.isArray(turns) ? turns : []) as { id?: unknown }[];
  const linked = list.map((turn, i) => ({ ...turn, parent: list[i - 1]?.id ?? null }));
  return {
    ...rest,
    messages: [{ id: "m1", role: "user", text: prompt }],
    turns: linked,
    head: linked.at(-1)?.id ?? null,
  };
}

export const playgroundDocument = z.preprocess(
  fromFirstRelease,
  documentShape.superRefine((document, check) => {
    const columns = new Set(document.columns.map((column) => column.id));
    const seen = new Set<string>();
    const issue = (path: (string | number)[], message: string) =>
      check.addIssue({ code: "custom", path, message });
    if (columns.size !== document.columns.length) issue(["columns"], "Column ids repeat.");
    document.turns.forEach((turn, index) => {
      if (seen.has(turn.id)) issue(["turns"], "Turn ids repeat.");
      // A parent stands before its children, so that there are no circles.
      if (turn.parent !== null && !seen.has(turn.parent))
        issue(["turns", index], `There is no turn ${turn.parent} before it.`);
      seen.add(turn.id);
      for (const id of [...Object.keys(turn.answers), ...(turn.column ? [turn.column] : [])])
        if (!columns.has(id)) issue(["turns", index], `There is no column ${id}.`);
    });
    document.rows.forEach((row, index) => {
      for (const id of Object.keys(row.answers))
        if (!columns.has(id)) issue(["rows", index], `There is no column ${id}.`);
    });
    if (document.head !== null && !seen.has(document.head)) issue(["head"], "There is no such turn.");
  }),
);
export type PlaygroundDocument = z.infer<typeof playgroundDocument>;
