import "server-only";
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parts } from "./manifest";

/** Files that belong to a running process and mean nothing elsewhere. */
const fleeting = new Set(["postmaster.pid", "postmaster.opts"]);

function copyTree(from: string, to: string): void {
  if (!statSync(from).isDirectory()) {
    // A copy-on-write clone where the file system has them: instant, whatever the size.
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
    return;
  }
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const wanted = entry.isDirectory() || (entry.isFile() && !fleeting.has(entry.name));
    if (wanted) copyTree(join(from, entry.name), join(to, entry.name));
  }
}

/**
 * Copies what a backup holds, without letting anything else run: the copy is the state that a crash at this
 * moment would leave, which the database's log makes whole.
 */
export function copyNow(dataDir: string, to: string, withKey: boolean): void {
  for (const part of parts) {
    const from = join(dataDir, part);
    if (existsSync(from) && (withKey || part !== "secret.key")) copyTree(from, join(to, part));
  }
}
