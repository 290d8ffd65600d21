import { defaultAlias } from "../alias";
import { type PromptContent, textsOf } from "../content";
import { parseTemplate, type TemplateReference } from "./syntax";

/** Which version of which prompt a reference asks for; exactly one of alias and version is not null. */
export interface Reference {
  fullName: string;
  alias: string | null;
  version: number | null;
}

/** What a mark asks for. */
export const asked = ({ fullName, alias, version }: TemplateReference): Reference => ({
  fullName,
  alias: alias ?? (version === null ? defaultAlias : null),
  version,
});

/** What a prompt includes itself, each once, in the order of its texts. */
export function referencesOf(content: PromptContent): Reference[] {
  const found = new Map<string, Reference>();
  for (const text of textsOf(content))
    for (const part of parseTemplate(text))
      if (part.kind === "reference") found.set(JSON.stringify(asked(part)), asked(part));
  return [...found.values()];
}
