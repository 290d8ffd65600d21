import { type PromptContent, type PromptVariable, textsOf } from "../content";
import { parseTemplate } from "./syntax";

/** Names of the variables that texts use, in the order in which they first appear. */
export function usedVariables(content: PromptContent): string[] {
  const names = new Set<string>();
  for (const text of textsOf(content))
    for (const part of parseTemplate(text)) if (part.kind === "variable") names.add(part.name);
  return [...names];
}

/** What has to be filled in: as declared, then what is used without a declaration, as required texts. */
export function variablesOf(content: PromptContent): PromptVariable[] {
  const declared = new Set(content.variables.map(({ name }) => name));
  const others = usedVariables(content).filter((name) => !declared.has(name));
  return [
    ...content.variables,
    ...others.map((name): PromptVariable => ({ name, type: { type: "text" }, description: "" })),
  ];
}
