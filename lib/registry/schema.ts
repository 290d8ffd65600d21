import { z } from "zod";
import { deprecation, modelUsage, namedUsage } from "@/lib/gateway";
import { archiveInput, modelName } from "@/lib/models";

/** `latest` is not one: it would move by itself. A number is a version's own. */
export const aliasName = z
  .string()
  .regex(/^[a-z0-9_.-]{1,36}$/, "Use a–z, 0–9, _, . and -, 36 at most.")
  .refine(
    (name) => !/^(latest|v?\d+|\.+)$/.test(name),
    "This word cannot be an alias: it means something else.",
  );

const tagKey = z.string().regex(/^[a-z0-9_.-]{1,64}$/, "A tag’s key has a–z, 0–9, _, . and -, 64 at most.");
const tagValue = z.string().trim().max(256, "A tag’s value has 256 characters at most.");
export const modelTags = z
  .record(tagKey, tagValue)
  .refine((tags) => Object.keys(tags).length <= 50, "50 tags at most.");
export type ModelTags = z.infer<typeof modelTags>;

export const comment = z.string().trim().max(2000, "2,000 characters at most.");
const description = z.string().trim().max(4000, "4,000 characters at most.");
export const versionNumber = z.number().int().positive().max(1_000_000);

export const versionOrigins = ["built-in", "hub", "import", "connection"] as const;
export type VersionOrigin = (typeof versionOrigins)[number];

/** Where a version came from. */
export const versionSource = z.discriminatedUnion("origin", [
  z.object({ origin: z.literal("built-in"), weights: z.string().optional() }),
  z.object({
    origin: z.literal("hub"),
    hub: z.string(),
    repository: z.string(),
    /** A commit. */
    revision: z.string(),
    weights: z.string().optional(),
  }),
  z.object({ origin: z.literal("import"), weights: z.string().optional() }),
  z.object({
    origin: z.literal("connection"),
    connectionId: z.string(),
    connection: z.string(),
    model: z.string(),
  }),
]);
export type VersionSource = z.infer<typeof versionSource>;

const versionFile = z.object({ path: z.string(), size: z.number().int(), sha256: z.string() });
export const versionFiles = z.array(versionFile);
export type VersionFile = z.infer<typeof versionFile>;

const signatureValue = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.array(z.number().int()).optional(),
});

/** What goes in and what comes out. */
export const signature = z.object({
  task: z.enum(["chat", "embedding"]),
  inputs: z.array(signatureValue),
  outputs: z.array(signatureValue),
  /** Tokens; absent where nobody told. */
  context: z.number().int().optional(),
});
export type Signature = z.infer<typeof signature>;

/** Somebody by name; null is the workbench itself. */
export const person = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;

const metric = z.object({
  name: z.string(),
  value: z.number(),
  /** A 95 % interval. */
  low: z.number().optional(),
  high: z.number().optional(),
  /** Rows measured. */
  count: z.number().int().optional(),
  source: z.string(),
  by: person.nullable(),
  at: z.iso.datetime(),
});

export const approvalStates = ["pending", "approved", "rejected", "withdrawn"] as const;

const approval = z.object({
  id: z.string(),
  state: z.enum(approvalStates),
  requestedBy: person,
  requestedAt: z.iso.datetime(),
  comment: z.string(),
  decidedBy: person.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decision: z.string(),
});
export type Approval = z.infer<typeof approval>;

/** Where a version can run and what it takes there. */
const runs = z.object({
  server: z.boolean(),
  browser: z.boolean(),
  remote: z.boolean(),
  /** Of the weights that are loaded; absent for what runs elsewhere. */
  weightBytes: z.number().int().optional(),
  /** What a browser fetches before it answers; absent where it cannot run there. */
  browserBytes: z.number().int().optional(),
});

export const versionStates = ["ready", "missing"] as const;

/** Why no alias can be pointed to a version. */
const unfit = z.object({ kind: z.enum(["deprecated", "license", "unapproved", "missing"]), why: z.string() });
export type Unfit = z.infer<typeof unfit>;

export const modelVersion = z.object({
  number: z.number().int(),
  servedAs: z.string(),
  /** Whether calls reach exactly this content now. */
  state: z.enum(versionStates),
  /** Null where aliases can be pointed to it. */
  unfit: unfit.nullable(),
  description: z.string(),
  source: versionSource,
  files: versionFiles,
  bytes: z.number().int(),
  signature,
  parameters: z.number().int().optional(),
  license: z.string(),
  /** Whether somebody has to say yes to its terms first. */
  isLicenseOpen: z.boolean(),
  licenseAccepted: z.object({ by: person, at: z.iso.datetime() }).nullable(),
  runs,
  tags: modelTags,
  aliases: z.array(z.string()),
  metrics: z.array(metric),
  /** Newest first. */
  approvals: z.array(approval),
  deprecation: deprecation.nullable(),
  createdBy: person.nullable(),
  createdAt: z.iso.datetime(),
});
export type ModelVersion = z.infer<typeof modelVersion>;

const modelAlias = z.object({ alias: z.string(), version: z.number().int(), updatedAt: z.iso.datetime() });
export type ModelAlias = z.infer<typeof modelAlias>;

export const registeredModel = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  owner: person.nullable(),
  tags: modelTags,
  approvalRequired: z.boolean(),
  deprecation: z.object({ at: z.iso.datetime(), why: z.string() }).nullable(),
  revision: z.number().int(),
  createdBy: person.nullable(),
  createdAt: z.iso.datetime(),
  /** Newest first. */
  versions: z.array(modelVersion),
  aliases: z.array(modelAlias),
  may: z.object({ manage: z.boolean(), import: z.boolean() }),
});
export type RegisteredModel = z.infer<typeof registeredModel>;

/** A row of the catalogue: the model and what its last version is. */
export const registeredSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  owner: person.nullable(),
  tags: modelTags,
  isDeprecated: z.boolean(),
  versions: z.number().int(),
  pending: z.number().int(),
  aliases: z.array(z.object({ alias: z.string(), version: z.number().int() })),
  /** Null where every version was deleted. */
  latest: z
    .object({
      number: z.number().int(),
      task: signature.shape.task,
      origin: z.enum(versionOrigins),
      license: z.string(),
      state: z.enum(versionStates),
      deprecation: deprecation.nullable(),
      runs,
      createdAt: z.iso.datetime(),
    })
    .nullable(),
});
export type RegisteredSummary = z.infer<typeof registeredSummary>;

export const registeredList = z.object({
  models: z.array(registeredSummary),
  /** That match; the list ends at `mostListed`. */
  total: z.number().int(),
});
export const mostListed = 200;

export const catalogueStates = ["ready", "missing", "pending", "deprecated"] as const;

/** Places where a version can run. */
export const runPlaces = ["browser", "server", "remote"] as const;

export const registryFilter = z.strictObject({
  q: z.string().trim().max(200).optional(),
  task: signature.shape.task.optional(),
  origin: z.enum(versionOrigins).optional(),
  state: z.enum(catalogueStates).optional(),
  /** Where the last version can run. */
  runs: z.enum(runPlaces).optional(),
  alias: aliasName.optional(),
  /** `key` or `key:value`. */
  tag: z.string().max(330).optional(),
});
export type RegistryFilter = z.infer<typeof registryFilter>;

/** A model by its name, or by one that calls use; of several characters that an address would change. */
export const modelLookup = z.strictObject({ name: z.string().min(1).max(300) });

/** `alias` or `version`, never neither. */
export const resolveQuery = z
  .strictObject({
    name: z.string().min(1).max(300),
    alias: aliasName.optional(),
    version: z.coerce.number().pipe(versionNumber).optional(),
  })
  .refine(
    ({ alias, version }) => (alias === undefined) !== (version === undefined),
    "Name an alias or a version.",
  );
export type ResolveQuery = z.infer<typeof resolveQuery>;

export const registration = z.strictObject({
  name: modelName,
  description: description.default(""),
  /** The name of what serves its first version. */
  servedAs: z.string().min(1, "Choose a model.").max(300),
});
export type Registration = z.input<typeof registration>;

/** A model without a version, in a schema of the catalogue. */
export const emptyRegistration = registration
  .omit({ servedAs: true })
  .extend({ schemaId: z.string().min(1).max(100) });

export const modelPatch = z.strictObject({
  /** The revision that was shown; another one saved meanwhile is a conflict. */
  revision: z.number().int().positive(),
  description: description.optional(),
  tags: modelTags.optional(),
  ownerId: z.string().max(64).nullable().optional(),
  approvalRequired: z.boolean().optional(),
  /** Why; null takes the deprecation back. */
  deprecation: comment.min(1, "Say why, and what to use instead.").nullable().optional(),
});
export type ModelPatch = z.input<typeof modelPatch>;

export const versionCreation = z.strictObject({ servedAs: z.string().min(1, "Choose a model.").max(300) });
export type VersionCreation = z.infer<typeof versionCreation>;

export const versionPatch = z.strictObject({
  tags: modelTags.optional(),
  /** Null takes the deprecation back. */
  deprecation: z
    .strictObject({ from: z.iso.datetime(), why: comment.min(1, "Say why, and what to use instead.") })
    .nullable()
    .optional(),
});
export type VersionPatch = z.input<typeof versionPatch>;

/** Calls of a model in the last days. */
export const registryUsage = z.object({
  /** By the name under which a version is served, however it was called. */
  served: z.array(modelUsage),
  /** By the names of versions that callers used. */
  named: z.array(namedUsage),
});
export type RegistryUsage = z.infer<typeof registryUsage>;

export const approvalRequest = z.strictObject({ comment: comment.default("") });
export type ApprovalRequest = z.input<typeof approvalRequest>;

export const approvalDecision = z.strictObject({
  state: z.enum(["approved", "rejected", "withdrawn"]),
  comment: comment.default(""),
});
export type ApprovalDecision = z.input<typeof approvalDecision>;

/** What hangs on versions that somebody is about to delete. */
export const dependents = z.object({
  /** Why they cannot be deleted now. */
  refusal: z.string().nullable(),
  aliases: z.array(z.object({ alias: z.string(), version: z.number().int() })),
  approvals: z.number().int(),
  /** Of the approvals, those that wait for a decision. */
  pending: z.number().int(),
  metrics: z.number().int(),
  /** Names under which they are served now. */
  served: z.array(z.string()),
  /** Of those, the ones in the server's memory. */
  loaded: z.array(z.string()),
  /** In 30 days, under those names. */
  calls: z.number().int(),
  /** Other versions made of the same, such as `desk v2`. */
  alsoIn: z.array(z.string()),
  /** `may`: whoever deletes chooses; `must`: what is left would be registered again. */
  files: z.object({ deletion: z.enum(["none", "may", "must"]), bytes: z.number().int() }),
  /** What stays usable and is then registered under its own name. */
  returning: z.array(z.string()),
});
export type Dependents = z.infer<typeof dependents>;

/** `files`: the files are deleted too. */
export const deletion = z.strictObject({ files: z.boolean().default(false) });
export type Deletion = z.input<typeof deletion>;

/** The README of a version as its author wrote it; null where there is none. */
export const modelCard = z.object({ text: z.string().nullable() });

/** What comes with the bytes of an archive; `model` is a registered model that gets it as its next version. */
export const archiveQuery = archiveInput.extend({ model: z.string().min(1).max(64).optional() });
export type ArchiveQuery = z.infer<typeof archiveQuery>;

/** What came of an archive. */
export const archiveImport = z.object({
  /** Of the bytes that arrived. */
  sha256: z.string(),
  bytes: z.number().int(),
  /** The registered model and its version. */
  name: z.string(),
  version: z.number().int(),
});
export type ArchiveImport = z.infer<typeof archiveImport>;
