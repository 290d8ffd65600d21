import "server-only";
import { type CatalogHooks, registerHooks } from "@/lib/catalog/server";
import { parseInput } from "@/lib/core/server";
import { promptName } from "../schema";
import { purgePromptRow } from "../store/prompts";

/** Names, places, owners and comments are the catalogue's alone. */
const hooks: CatalogHooks = {
  // What references could not name is no name of a prompt.
  renamed: async (_, __, name) => {
    parseInput(promptName, name);
  },
  purged: purgePromptRow,
};

/** Keeps the rows of prompts as the catalogue has them. */
export function followCatalog(): void {
  registerHooks("prompt", hooks);
}
