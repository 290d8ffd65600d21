export * from "./alias";
export * from "./content";
export * from "./move-schema";
export * from "./schema";
export { compose, type LoadedVersion, type Reference, referencesOf } from "./template/compose";
export { type LintFinding, lint } from "./template/lint";
export { render } from "./template/render";
export { parseTemplate, type TemplatePart, type TemplateReference } from "./template/syntax";
export { usedVariables, variablesOf } from "./template/variables";
