import { z } from "zod";
import { securableName } from "@/lib/access";
import { chatMessage, chatParameters, responseFormat } from "@/lib/inference";
import { aliasName, versionNumber } from "./alias";
import { bounds, promptContent, promptVariable, resolvedContent, variableName } from "./content";
import { promptFullName } from "./full-name";

const time = z.iso.datetime();

/** Somebody by name; null is the workbench itself. */
export const person = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;

/** The name of a prompt in its schema: braces and @ would end it in a reference. */
export const promptName = securableName.refine((name) => !/[@{}]/.test(name), "Leave out @ and braces.");

export const commitMessage = z
  .string()
  .trim()
  .min(1, "Say what this version changes.")
  .max(bounds.commitMessage, `Use ${bounds.commitMessage} characters or fewer.`);

const tags = z.record(z.string(), z.string());

/** As the catalogue takes them. */
const newTags = z
  .record(z.string().min(1).max(256), z.string().max(256))
  .refine((map) => Object.keys(map).length <= 50, "Use 50 tags or fewer.");

/** A version without its text: a row of the history. */
export const versionSummary = z.object({
  number: versionNumber,
  message: z.string(),
  baseNumber: versionNumber.nullable(),
  hash: z.string(),
  createdBy: person.nullable(),
  createdAt: time,
  /** Besides `latest`. */
  aliases: z.array(aliasName),
});
export type VersionSummary = z.infer<typeof versionSummary>;

export const promptVersion = versionSummary.extend({ content: promptContent });
export type PromptVersion = z.infer<typeof promptVersion>;

/** Who may move an alias and how; an alias without a rule is moved by whoever may manage the prompt. */
export const aliasRule = z.object({
  alias: aliasName,
  movers: z.array(person.extend({ kind: z.enum(["user", "service-principal", "group"]) })),
  approval: z.boolean(),
});
export type AliasRule = z.infer<typeof aliasRule>;

export const promptAlias = z.object({
  alias: aliasName,
  version: versionNumber,
  updatedAt: time,
});
export type PromptAlias = z.infer<typeof promptAlias>;

/** What the reader may do with one alias, existing or protected. */
export const aliasRight = z.object({
  alias: aliasName,
  /** Move at once. */
  move: z.boolean(),
  /** Ask for a move. */
  request: z.boolean(),
  /** Decide requests of others. */
  decide: z.boolean(),
});

/** One prompt with its aliases and its last versions. */
export const promptDetail = z.object({
  id: z.string(),
  fullName: z.string(),
  name: z.string(),
  type: z.enum(["text", "chat"]),
  comment: z.string(),
  owner: person,
  tags,
  /** Of the securable: rename, comment and owner are changed under /api/catalog/objects/{id}. */
  revision: z.number().int(),
  createdBy: person.nullable(),
  createdAt: time,
  changedAt: time,
  lastNumber: z.number().int(),
  /** Newest first, at most `versionsShown`; older ones by `versions?before=`. */
  versions: z.array(versionSummary),
  aliases: z.array(promptAlias),
  rules: z.array(aliasRule),
  rights: z.array(aliasRight),
  /** One's own, if there is one. */
  draft: z.object({ baseNumber: z.number().int(), updatedAt: time, revision: z.number().int() }).nullable(),
  /** Requests to move an alias that wait for a decision. */
  pending: z.number().int(),
  may: z.object({ execute: z.boolean(), modify: z.boolean(), manage: z.boolean(), grant: z.boolean() }),
});
export type PromptDetail = z.infer<typeof promptDetail>;
export const versionsShown = 100;

export const versionsBefore = z.strictObject({ before: z.coerce.number().pipe(versionNumber).optional() });
export const versionPage = z.object({ versions: z.array(versionSummary), next: versionNumber.nullable() });

export const promptSummary = z.object({
  id: z.string(),
  fullName: z.string(),
  type: z.enum(["text", "chat"]),
  comment: z.string(),
  owner: person,
  tags,
  lastNumber: z.number().int(),
  aliases: z.array(z.object({ alias: aliasName, version: versionNumber, isProtected: z.boolean() })),
  changedAt: time,
  changedBy: person.nullable(),
  /** By a call; null: never. */
  lastUsedAt: time.nullable(),
  /** Where a search matched in the text, with some words around it; null where it matched elsewhere. */
  match: z.object({ before: z.string(), match: z.string(), after: z.string() }).nullable(),
});
export type PromptSummary = z.infer<typeof promptSummary>;

export const promptList = z.object({
  prompts: z.array(promptSummary),
  /** Names the next page in `after`; null at the end. */
  next: z.string().nullable(),
});
export type PromptList = z.infer<typeof promptList>;

export const promptFilter = z.strictObject({
  /** In names, comments and texts of last versions; case does not count. */
  q: z.string().trim().max(200).optional(),
  /** `key` or `key:value`. */
  tag: z.string().max(330).optional(),
  /** A principal's id. */
  owner: z.string().max(100).optional(),
  /** `catalog.schema` */
  schema: z.string().max(520).optional(),
  after: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PromptFilter = Partial<z.output<typeof promptFilter>>;

export const promptCreation = z.strictObject({
  /** `catalog.schema` */
  schema: z.string().min(3).max(520),
  name: promptName,
  comment: z.string().trim().max(2000).default(""),
  tags: newTags.default({}),
  content: promptContent,
  message: commitMessage.default("First version"),
});
export type PromptCreation = z.input<typeof promptCreation>;

/** A version past the draft: by API, import and "save back". */
export const versionCreation = z.strictObject({
  content: promptContent,
  message: commitMessage,
  /** The version its author started from. Another one saved since is merged, or is a conflict. */
  base: versionNumber,
});
export type VersionCreation = z.input<typeof versionCreation>;

export const draft = z.object({
  content: promptContent,
  /** 0 before the first version. */
  baseNumber: z.number().int().min(0),
  revision: z.number().int().positive(),
  updatedAt: time,
});
export type Draft = z.infer<typeof draft>;

export const draftSave = z.strictObject({
  content: promptContent,
  baseNumber: z.number().int().min(0).max(1_000_000),
  /** The revision that was seen; null where there was no draft. */
  revision: z.number().int().positive().nullable(),
});
export type DraftSave = z.input<typeof draftSave>;

export const draftMerge = z.strictObject({
  message: commitMessage,
  revision: z.number().int().positive(),
});
export type DraftMerge = z.input<typeof draftMerge>;

/** One place that both sides changed in different ways. */
export const mergeConflict = z.object({
  /** `text`, `messages.2.text`, `messages`, `parameters.temperature`, `variables.tone`, … */
  path: z.string(),
  base: z.string().nullable(),
  theirs: z.string().nullable(),
  mine: z.string().nullable(),
});
export type MergeConflict = z.infer<typeof mergeConflict>;

/** A three-way merge as a 409 carries it in `error.conflict`, and as a preview shows it. */
export const mergeResult = z.object({
  base: promptVersion.nullable(),
  /** The last version. */
  theirs: promptVersion,
  mine: promptContent,
  /** With conflicts marked in texts; elsewhere with mine. */
  merged: resolvedContent,
  conflicts: z.array(mergeConflict),
});
export type MergeResult = z.infer<typeof mergeResult>;

/** A prompt that stands in another. */
export const inclusion = z.object({
  fullName: z.string(),
  version: versionNumber,
  alias: aliasName.nullable(),
  depth: z.number().int(),
});
export type Inclusion = z.infer<typeof inclusion>;

/** What a caller fetches: a version with everything that it refers to put in its place. */
export const fetchedPrompt = z.object({
  id: z.string(),
  name: z.string(),
  version: versionNumber,
  /** By which it was asked for; null when asked by number. */
  alias: aliasName.nullable(),
  aliases: z.array(aliasName),
  message: z.string(),
  createdAt: time,
  /** As it was written. */
  content: promptContent,
  /** Without references; the same object where there are none. */
  resolved: resolvedContent,
  includes: z.array(inclusion),
  /** All that the resolved form uses, declared or not. */
  variables: z.array(promptVariable),
  placeholders: z.array(z.string()),
});
export type FetchedPrompt = z.infer<typeof fetchedPrompt>;

export const variableValues = z.record(
  variableName,
  z.union([z.string().max(bounds.value), z.number(), z.boolean()]),
);
export type VariableValues = z.infer<typeof variableValues>;

export const placeholderValues = z.record(variableName, z.array(chatMessage).max(400));
export type PlaceholderValues = z.infer<typeof placeholderValues>;

/** An alias and a version together are refused when it is fetched, as `invalid`. */
export const renderRequest = z.strictObject({
  alias: aliasName.optional(),
  version: versionNumber.optional(),
  variables: variableValues.default({}),
  placeholders: placeholderValues.default({}),
});
export type RenderRequest = z.input<typeof renderRequest>;

/** Ready to send. A text prompt is one user message. */
export const renderedPrompt = z.object({
  name: z.string(),
  version: versionNumber,
  alias: aliasName.nullable(),
  messages: z.array(chatMessage),
  /** Of a text prompt. */
  text: z.string().nullable(),
  model: z.string().nullable(),
  parameters: chatParameters,
  responseFormat: responseFormat.nullable(),
});
export type RenderedPrompt = z.infer<typeof renderedPrompt>;

/** As the `prompt` field of /v1/chat/completions names it. */
export const promptReference = z
  .strictObject({
    name: promptFullName,
    alias: aliasName.optional(),
    version: versionNumber.optional(),
    variables: variableValues.default({}),
    placeholders: placeholderValues.default({}),
  })
  .refine(
    ({ alias, version }) => alias === undefined || version === undefined,
    "Name an alias or a version, not both.",
  );
export type PromptReference = z.infer<typeof promptReference>;

const quantiles = z.object({ p50: z.number().nullable(), p95: z.number().nullable() });

export const usageFilter = z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) });

/** How one version was used in the days asked for. */
export const versionUsage = z.object({
  version: versionNumber,
  calls: z.number().int(),
  failed: z.number().int(),
  latencyMs: quantiles,
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  /** US dollars; null where no call's price is known. */
  cost: z.number().nullable(),
  lastAt: time.nullable(),
  /** How often applications fetched it over HTTP, with or without calls here. */
  fetches: z.number().int(),
  fetchedAt: time.nullable(),
});
export type VersionUsage = z.infer<typeof versionUsage>;

/** What is to be said of a version that nobody used. */
export const notUsed: Omit<VersionUsage, "version"> = {
  calls: 0,
  failed: 0,
  latencyMs: { p50: null, p95: null },
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
  lastAt: null,
  fetches: 0,
  fetchedAt: null,
};

export const promptInvocation = z.object({
  id: z.string(),
  version: versionNumber,
  alias: aliasName.nullable(),
  model: z.string(),
  by: person,
  at: time,
  outcome: z.enum(["ok", "error", "client_closed"]),
  durationMs: z.number(),
  outputTokens: z.number().int().nullable(),
  cost: z.number().nullable(),
  /** As they were given; null where they are not kept, or not for this reader. */
  variables: z.record(z.string(), z.string()).nullable(),
});
export type PromptInvocation = z.infer<typeof promptInvocation>;

export const promptUsage = z.object({
  days: z.number().int(),
  versions: z.array(versionUsage),
  /** Prompts whose last version includes this one, that the reader may see. */
  includedIn: z.array(z.object({ fullName: z.string(), version: versionNumber })),
  /** Newest first; of others only to those who may manage the prompt. */
  invocations: z.array(promptInvocation),
});
export type PromptUsage = z.infer<typeof promptUsage>;
