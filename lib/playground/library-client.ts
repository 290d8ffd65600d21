import type { QueryClient } from "@tanstack/react-query";
import type { FetchedPrompt, PromptContent, VersionChoice } from "@/lib/prompts";
import type { LoadedPrompt } from "./prompt-schema";

// The library comes with the first prompt that is loaded from it.
const library = () => import("@/lib/prompts/client");

/** A fetched version as it stands in the playground. */
export function loadedFrom({
  name,
  version,
  alias,
  content,
  resolved,
  includes,
}: FetchedPrompt): LoadedPrompt {
  return { name, version, alias, written: content, ...(includes.length > 0 ? { resolved } : {}) };
}

/** Reads a version from the library. @throws RequestError in the words of the server */
export async function loadPrompt(
  client: QueryClient,
  name: string,
  choice: VersionChoice,
): Promise<LoadedPrompt> {
  const { fetchedPromptQuery } = await library();
  // An alias may have moved since it was last asked.
  return loadedFrom(await client.fetchQuery({ ...fetchedPromptQuery(name, choice), staleTime: 0 }));
}

/** A text of the editor with everything that it refers to in its place. @throws AppError naming what cannot be read */
export async function resolveHere(
  client: QueryClient,
  content: PromptContent,
  at: { name: string; version: number },
): Promise<PromptContent> {
  const [{ fetchedPromptQuery }, { compose }] = await Promise.all([library(), import("@/lib/prompts")]);
  const { resolved } = await compose(
    content,
    async ({ fullName, alias, version }) => {
      const choice = version === null ? { alias: alias ?? undefined } : { version };
      const found = await client.fetchQuery({ ...fetchedPromptQuery(fullName, choice), staleTime: 30_000 });
      return { fullName: found.name, version: found.version, content: found.content };
    },
    { fullName: at.name, version: at.version },
  );
  return resolved;
}
