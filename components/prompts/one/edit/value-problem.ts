import { isAppError } from "@/lib/core";
import { type PromptContent, placeholdersOf, render } from "@/lib/prompts";

/** Why a prompt could not be sent with these values; undefined when it could. Places for messages count as empty. */
export function valueProblem(
  resolved: PromptContent,
  values: ReadonlyMap<string, string>,
): string | undefined {
  try {
    render(
      resolved,
      Object.fromEntries(values),
      Object.fromEntries(placeholdersOf(resolved).map((name) => [name, []])),
    );
    return undefined;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.message;
  }
}
