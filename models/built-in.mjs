import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { modelFolder } from "./decoder-session.mjs";

/** The models that are shipped, by name. */
export function builtIn() {
  const folder = modelFolder("");
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "tessera.json")))
    .sort();
}
