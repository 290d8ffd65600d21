import { z } from "zod";
import { archiveInput, modelName } from "@/lib/models";

/** `latest` is not one: it would move by itself. */
export const aliasName = z
  .string()
  .regex(/^[a-z0-9_.-]{1,36}$/, "Use a–z, 0–9, _, . and -, 36 at most.")
  .refine(
    (name) => !/^(latest|v\d+|\.+)$/.test(name),
    "This word cannot be an alias: it means something else.",
  );

const tagKey = z.string().regex(/^[a-z0-9_.-]{1,64}$/, "A tag’s key has a–z, 0–9, _, . and -, 64 at most.");
const tagValue = z.string().trim().max(256, "A tag’s value has 256 characters at most.");
export const modelTags = z
  .record(tagKey, tagValue)
  .refine((tags) => Object.keys(tags).length <= 50, "50 tags at most.");
export type ModelTags = z.infer<typeof modelTags>;

const comment = z.string().trim().max(2000, "2,000 characters at most.");
const description = z.string().trim().max(4000, "4,000 characters at most.");
const versionNumber = z.number().int().positive().max(1_000_000);

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
const person = z.object({ id: z.string(), name: z.string() });
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

const deprecation = z.object({
  /** From then on it is not to be used. */
  from: z.iso.datetime(),
  why: z.string(),
  isInForce: z.boolean(),
});

/** Where a version can run and what it takes there. */
const runs = z.object({
  server: z.boolean(),
  browser: z.boolean(),
  remote: z.boolean(),
  /** Of the weights that are loaded; absent for what runs elsewhere. */
  weightBytes: z.number().int().optional(),
});

export const versionStates = ["ready", "missing"] as const;

export const modelVersion = z.object({
  number: z.number().int(),
  servedAs: z.string(),
  /** Whether calls reach exactly this content now. */
  state: z.enum(versionStates),
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
  may: z.object({ manage: z.boolean(), register: z.boolean() }),
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
  latest: z.object({
    number: z.number().int(),
    task: signature.shape.task,
    origin: z.enum(versionOrigins),
    license: z.string(),
    state: z.enum(versionStates),
    runs,
    createdAt: z.iso.datetime(),
  }),
});
export type RegisteredSummary = z.infer<typeof registeredSummary>;

export const registeredList = z.object({
  models: z.array(registeredSummary),
  /** That match; the list ends at `mostListed`. */
  total: z.number().int(),
});
export const mostListed = 200;

export const catalogueStates = ["ready", "missing", "pending", "deprecated"] as const;

export const registryFilter = z.strictObject({
  q: z.string().trim().max(200).optional(),
  task: signature.shape.task.optional(),
  origin: z.enum(versionOrigins).optional(),
  state: z.enum(catalogueStates).optional(),
  alias: aliasName.optional(),
  /** `key` or `key:value`. */
  tag: z.string().max(330).optional(),
});
export type RegistryFilter = z.infer<typeof registryFilter>;

/** A model by name; of several characters that an address would change. */
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

const finite = z.number().min(-1e15).max(1e15);
export const metricsInput = z.strictObject({
  source: z.string().trim().min(1).max(200),
  metrics: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[\w./ -]{1,100}$/, "A metric’s name has letters, digits, _, ., / and -."),
        value: finite,
        low: finite.optional(),
        high: finite.optional(),
        count: z.number().int().min(0).max(1e9).optional(),
      }),
    )
    .min(1)
    .max(200)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "A metric is listed twice."),
});
export type MetricsInput = z.infer<typeof metricsInput>;

/** `from` is where the alias stood when it was decided to move it; null: nowhere. */
export const aliasMove = z.strictObject({
  version: versionNumber,
  from: versionNumber.nullable(),
  why: comment.default(""),
});
export type AliasMove = z.input<typeof aliasMove>;

export const aliasRemoval = z.strictObject({ from: versionNumber, why: comment.default("") });
export type AliasRemoval = z.input<typeof aliasRemoval>;

export const aliasUndo = z.strictObject({ move: z.string().regex(/^\d{1,18}$/) });

/** One entry of the history of aliases. */
export const aliasMoved = z.object({
  id: z.string(),
  alias: z.string(),
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  why: z.string(),
  by: person,
  at: z.iso.datetime(),
  /** The entry it took back. */
  undoes: z.string().nullable(),
  /** The last one of its alias: what it did can be taken back. */
  isLast: z.boolean(),
});
export type AliasMoved = z.infer<typeof aliasMoved>;

export const approvalRequest = z.strictObject({ comment: comment.default("") });
export type ApprovalRequest = z.input<typeof approvalRequest>;

export const approvalDecision = z.strictObject({
  state: z.enum(["approved", "rejected", "withdrawn"]),
  comment: comment.default(""),
});
export type ApprovalDecision = z.input<typeof approvalDecision>;

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
