export * from "./alias";
export * from "./content";
export { type ContentDiff, type DiffSection, diffContents, type SectionHead } from "./diff";
export type { ConfigurationRow } from "./diff-configuration";
export type { DiffLine, DiffRow, DiffSpan } from "./diff-rows";
export {
  type ExportedFiles,
  exportedFiles,
  type FileExport,
  fileExport,
  fileImport,
  type ImportedFile,
  type ImportedFiles,
  importedFiles,
  type PromptFile,
} from "./file-schema";
export { promptFullName } from "./full-name";
export { conflictMarks } from "./merge/conflict-marks";
export { contentHash } from "./merge/hash";
export { mergeContents } from "./merge/merge";
export { type Settlement, settleConflicts } from "./merge/settle";
export * from "./move-schema";
export { type PromptReplay, promptReplay } from "./replay-schema";
export * from "./schema";
export { contentBytes, filesBytes, renderBytes } from "./sizes";
export { compose, type LoadedVersion } from "./template/compose";
export { type LintFinding, lint } from "./template/lint";
export { type Reference, referencesOf } from "./template/references";
export { render } from "./template/render";
export { parseTemplate, type TemplatePart, type TemplateReference } from "./template/syntax";
export { usedVariables, variablesOf } from "./template/variables";
