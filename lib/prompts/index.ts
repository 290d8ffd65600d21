export * from "./alias";
export * from "./content";
export * from "./move-schema";
export * from "./schema";
export { compose, type LoadedVersion, type Reference, referencesOf } from "./template/compose";
export { render } from "./template/render";
export { parseTemplate, type TemplatePart, type TemplateReference } from "./template/syntax";
export { usedVariables, variablesOf } from "./template/variables";
