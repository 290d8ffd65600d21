import { z } from "zod";

/** Weights as onnx-community names them. */
export const dtypes = ["q4", "q4f16", "int8", "fp16", "fp32"] as const;
export const dtype = z.enum(dtypes);
export type Dtype = z.infer<typeof dtype>;

/** Words that `/api/models/<word>` already means. */
const reserved = ["downloads", "hub", "imports", "local", "registry", "repository"];

/** A model's name is its folder's. */
export const modelName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    "Use lower-case letters, digits, ., - and _, 64 at most, the first a letter or digit.",
  )
  .refine((name) => !reserved.includes(name), "This word cannot be a model's name.");

const segment = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9])?";

export const repositoryId = z
  .string()
  .trim()
  .regex(new RegExp(`^${segment}(?:/${segment})?$`), "Enter a repository as owner/name.")
  .refine((id) => !/\.\.|--/.test(id), "Enter a repository as owner/name.");

/** A branch, a tag or a commit. */
export const revision = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/, "Enter a branch, a tag or a commit.")
  .refine((name) => !name.includes(".."), "Enter a branch, a tag or a commit.");

export const repositoryQuery = z.strictObject({
  repository: repositoryId,
  revision: revision.optional(),
});
export type RepositoryQuery = z.infer<typeof repositoryQuery>;

/** `repository` is one at the hub, or a catalogue id. */
export const downloadInput = repositoryQuery.extend({
  dtype: dtype.optional(),
  /** Instead of the one made of repository and dtype. */
  name: modelName.optional(),
});
export type DownloadInput = z.infer<typeof downloadInput>;

export const importInput = z.strictObject({
  /** Absolute, on the server's machine. */
  folder: z.string().min(1, "Enter a folder.").max(4000),
  dtype: dtype.optional(),
  name: modelName.optional(),
});
export type ImportInput = z.infer<typeof importInput>;

/** What comes with the bytes of an archive. */
export const archiveInput = z.strictObject({
  /** As it was called where it was chosen. */
  file: z.string().min(1, "Choose an archive.").max(255),
  dtype: dtype.optional(),
  name: modelName.optional(),
  /** As its author gives it; "unknown" where nobody says. */
  license: z.string().trim().max(100).optional(),
});
export type ArchiveInput = z.infer<typeof archiveInput>;

const variant = z.object({
  dtype,
  name: z.string(),
  /** Of all files that this variant needs. */
  bytes: z.number().int(),
  files: z.number().int(),
});

/** What the hub says of a repository. */
export const hubRepository = z.object({
  repository: z.string(),
  /** The commit. */
  sha: z.string(),
  license: z.string(),
  /** Its files are given only to accounts that accepted its terms. */
  gated: z.boolean(),
  variants: z.array(variant),
});
export type HubRepository = z.infer<typeof hubRepository>;

export const downloadStates = ["queued", "running", "paused", "failed", "done"] as const;

/** Why a download does not go on. */
const downloadReason = z.object({
  code: z.string(),
  message: z.string(),
  /** What an administrator has to give first. */
  needs: z.literal("token").optional(),
});
export type DownloadReason = z.infer<typeof downloadReason>;

export const download = z.object({
  name: z.string(),
  repository: z.string(),
  revision: z.string(),
  dtype,
  state: z.enum(downloadStates),
  reason: downloadReason.optional(),
  /** On the disk. */
  bytes: z.number().int(),
  total: z.number().int(),
  /** Of files whose hash was right. */
  verifiedBytes: z.number().int(),
  verifiedFiles: z.number().int(),
  files: z.number().int(),
  /** The file being fetched or checked. */
  file: z.string().optional(),
  /** Seconds until the hub is asked again. */
  waitSeconds: z.number().optional(),
  bytesPerSecond: z.number().optional(),
  secondsLeft: z.number().optional(),
  /** A command in another process fetches it: it is paused there. */
  elsewhere: z.boolean().optional(),
});
export type Download = z.infer<typeof download>;

export const origins = ["built-in", "downloaded", "imported"] as const;

/** A model of this server and the room it takes. */
export const localModel = z.object({
  name: z.string(),
  task: z.enum(["chat", "embedding"]),
  origin: z.enum(origins),
  description: z.string(),
  license: z.string(),
  /** Absent when nobody told. */
  parameters: z.number().int().optional(),
  context: z.number().int(),
  dtype: z.string().optional(),
  bytes: z.number().int(),
  source: z.object({ hub: z.string(), repository: z.string(), revision: z.string() }).optional(),
});
export type LocalModel = z.infer<typeof localModel>;

export const localModels = z.object({
  models: z.array(localModel),
  /** Of downloads that are not complete. */
  partialBytes: z.number().int(),
  /** Of the disk that models are kept on. */
  freeBytes: z.number().int(),
  /** What downloaded and imported models may take together; null: whatever is free. */
  quotaBytes: z.number().int().nullable(),
});
export type LocalModels = z.infer<typeof localModels>;

export const defaultHub = "https://huggingface.co";

export const hubSettings = z.object({
  address: z.string(),
  /** Null when no token is stored. */
  tokenLast4: z.string().nullable(),
  quotaBytes: z.number().int().nullable(),
});
export type HubSettings = z.infer<typeof hubSettings>;

const token = z
  .string()
  .regex(/^[\x21-\x7e]{1,4096}$/, "A token has visible ASCII characters only, without spaces.");

/** `token: null` removes the stored one; a changed address removes it too, unless a new one is given. */
export const hubPatch = z.strictObject({
  address: z.string().trim().min(1, "Enter the hub's address.").max(2000).optional(),
  token: token.nullable().optional(),
  quotaBytes: z.number().int().min(0).max(1e15).nullable().optional(),
});
export type HubPatch = z.infer<typeof hubPatch>;

/** A model that is known to work here, before any hub was asked. */
export const catalogueEntry = z.strictObject({
  id: modelName,
  title: z.string(),
  task: z.enum(["chat", "embedding"]),
  repository: repositoryId,
  revision,
  description: z.string(),
  license: z.string(),
  /** Rounded, as published. */
  parameters: z.number().int().positive(),
  /** Of them in the table of tokens, which quantisation often leaves alone. */
  tokenTable: z.number().int().positive(),
  /** Tokens. */
  context: z.number().int().positive(),
  dtypes: z.array(dtype).min(1),
  /** Where it can run: in a browser with those weights that fit into a tab. */
  devices: z.array(z.enum(["server", "browser"])).min(1),
});
export type CatalogueEntry = z.infer<typeof catalogueEntry>;
