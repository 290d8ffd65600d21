import { z } from "zod";
import { chatParameters, engineKinds } from "@/lib/inference";

/** Sizes a session may have. A body above `document` bytes is refused before it is parsed. */
export const bounds = {
  columns: 8,
  turns: 400,
  text: 2_000_000,
  title: 200,
  document: 12 * 1024 * 1024,
} as const;

/**
 * Text as PostgreSQL's jsonb can hold it: NUL and lone surrogates, which a model may produce from
 * broken bytes, would make the whole save fail.
 */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .overwrite((value) => value.toWellFormed().replaceAll("\0", "\uFFFD"));

const localId = z.string().regex(/^[a-z0-9]{1,24}$/);
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
  id: localId,
  model: z.string().min(1).max(200),
  engine: z.enum(engineKinds),
  parameters: columnParameters,
});
export type PlaygroundColumn = z.infer<typeof playgroundColumn>;

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
  /** `measured`: tokens counted by our server or its upstream. `reported`: by the browser, unchecked. */
  provenance: z.enum(["measured", "reported"]),
});
export type Metrics = z.infer<typeof metrics>;

export const answerFailure = z.strictObject({
  code: z.string().max(64),
  message: text(4_000),
  status: z.number().int().min(100).max(599).optional(),
  requestId: z.string().max(100).optional(),
});
export type AnswerFailure = z.infer<typeof answerFailure>;

export const answer = z.strictObject({
  text: text(bounds.text),
  /** `interrupted`: the page went away while the answer was streaming. */
  outcome: z.enum(["finished", "stopped", "failed", "interrupted"]),
  finish: z.enum(["stop", "length", "tool_calls", "content_filter"]).optional(),
  failure: answerFailure.optional(),
  metrics: metrics.optional(),
  model: z.string().min(1).max(200),
  engine: z.strictObject({ kind: z.enum(engineKinds), device: z.string().max(200) }),
});
export type Answer = z.infer<typeof answer>;

export const playgroundTurn = z.strictObject({
  id: localId,
  user: text(bounds.text),
  /** The one column this turn was sent to; absent when it went to all. */
  column: localId.optional(),
  /** By column id. */
  answers: z.record(localId, answer),
});

export const playgroundDocument = z
  .strictObject({
    system: text(bounds.text),
    /** The first message as it stands in the editor; the first turn keeps what was sent. */
    prompt: text(bounds.text),
    sameInput: z.boolean(),
    parameters: chatParameters,
    columns: z.array(playgroundColumn).min(1).max(bounds.columns),
    turns: z.array(playgroundTurn).max(bounds.turns),
    /** `asked`: the user pressed Save. `auto`: no answer in it ever ran in a browser. */
    saving: z.enum(["asked", "auto"]),
  })
  .superRefine((document, check) => {
    const columns = new Set(document.columns.map((column) => column.id));
    if (columns.size !== document.columns.length)
      check.addIssue({ code: "custom", path: ["columns"], message: "Column ids repeat." });
    if (new Set(document.turns.map((turn) => turn.id)).size !== document.turns.length) {
      check.addIssue({ code: "custom", path: ["turns"], message: "Turn ids repeat." });
    }
    document.turns.forEach((turn, index) => {
      for (const id of [...Object.keys(turn.answers), ...(turn.column ? [turn.column] : [])]) {
        if (!columns.has(id))
          check.addIssue({ code: "custom", path: ["turns", index], message: `There is no column ${id}.` });
      }
    });
  });
export type PlaygroundDocument = z.infer<typeof playgroundDocument>;

const title = text(bounds.title).refine((value) => value.trim() !== "", "A title needs a character.");

export const sessionCreation = z.strictObject({ title: title.optional(), document: playgroundDocument });
export type SessionCreation = z.infer<typeof sessionCreation>;

/** A save: of the title, the document or both, over the version that the writer saw. */
export const sessionUpdate = z
  .strictObject({
    version: z.number().int().positive(),
    title: title.optional(),
    document: playgroundDocument.optional(),
  })
  .refine((update) => update.title !== undefined || update.document !== undefined, "Nothing to save.");
export type SessionUpdate = z.infer<typeof sessionUpdate>;

export const playgroundSummary = z.object({
  id: z.string(),
  title: z.string(),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type PlaygroundSummary = z.infer<typeof playgroundSummary>;

export const playgroundSession = playgroundSummary.extend({ document: playgroundDocument });
export type PlaygroundSession = z.infer<typeof playgroundSession>;

export const sessionFilter = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** The `next` of the page before. */
  cursor: z
    .string()
    .regex(/^[0-9TZ:.-]{1,30}~[A-Za-z0-9_]{1,60}$/)
    .refine((cursor) => !Number.isNaN(Date.parse(cursor.split("~")[0] ?? "")), "Not a cursor.")
    .optional(),
});
export type SessionFilter = z.infer<typeof sessionFilter>;

export const sessionPage = z.object({
  sessions: z.array(playgroundSummary),
  next: z.string().nullable(),
});
export type SessionPage = z.infer<typeof sessionPage>;
