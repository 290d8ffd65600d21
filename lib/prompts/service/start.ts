import "server-only";
import { setPromptLibrary } from "@/lib/gateway/server";
import { calledPrompts } from "./called";
import { followCatalog } from "./catalog-hooks";

/** Follows what the catalogue does with prompts, and lets calls name them. */
export async function startPrompts(): Promise<void> {
  followCatalog();
  setPromptLibrary(calledPrompts);
}
