import { z } from "zod";
import { aliasName, versionNumber } from "./alias";
import { promptFullName } from "./full-name";
import { commitMessage, mergeResult } from "./schema";

/** How many files one request carries, and how many characters they have together and each. */
export const fileBounds = { files: 2_000, characters: 32 * 1024 * 1024, text: 1_000_000 } as const;

export const fileExport = z.strictObject({
  format: z.enum(["markdown", "yaml"]).default("markdown"),
  /** `catalog.schema`; without it and `name`, everything one may run. */
  schema: z.string().max(520).optional(),
  name: promptFullName.optional(),
  /** Which version of each; prompts without this alias are left out. */
  alias: aliasName.default("latest"),
  as: z.enum(["zip", "json"]).default("json"),
});

const promptFile = z.strictObject({
  path: z.string().min(1).max(2_000),
  text: z.string().max(fileBounds.text),
});
export type PromptFile = z.infer<typeof promptFile>;

export const exportedFiles = z.object({
  files: z.array(promptFile),
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type ExportedFiles = z.infer<typeof exportedFiles>;

export const fileImport = z.strictObject({
  files: z.array(promptFile).min(1).max(fileBounds.files),
  message: commitMessage.default("Imported from a file"),
  /** Tells what would happen and changes nothing. */
  dryRun: z.boolean().default(false),
  /** What the files say becomes the next version, whatever was saved since. */
  overwrite: z.boolean().default(false),
});

export type FileExport = z.input<typeof fileExport>;
export type FileImport = z.input<typeof fileImport>;

/** What became of one file. */
export const importedFile = z.object({
  path: z.string(),
  /** Null where it is refused. */
  name: promptFullName.nullable(),
  outcome: z.enum(["created", "changed", "merged", "unchanged", "conflict", "refused"]),
  /** The last version as it stands after this. */
  version: versionNumber.nullable(),
  /** Why it is a conflict or refused. */
  message: z.string().nullable(),
  conflict: mergeResult.nullable(),
  /** The file as it would be exported now; null where nothing is known to be in it. */
  text: z.string().nullable(),
});
export type ImportedFile = z.infer<typeof importedFile>;

export const importedFiles = z.object({ results: z.array(importedFile) });
export type ImportedFiles = z.infer<typeof importedFiles>;
