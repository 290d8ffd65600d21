import "server-only";
import { followCatalog } from "./catalog-hooks";

/** Follows what the catalogue does with prompts. */
export async function startPrompts(): Promise<void> {
  followCatalog();
}
