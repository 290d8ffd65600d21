import "server-only";
import { z } from "zod";

/** The first part of every path inside: only these are ever restored. */
export const parts = ["db", "journal", "secret.key"] as const;

/** Whether a path from an archive may be written: a hostile one would climb out of the data folder. */
export function isBackupPath(path: string): boolean {
  const names = path.split("/");
  return (
    parts.some((part) => part === names[0]) &&
    names.every((name) => /^[\w.-]+$/.test(name) && !/^\.+$/.test(name))
  );
}

const path = z.string().refine(isBackupPath, "not a path of a backup");

const file = z.strictObject({
  path,
  size: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The last file of a backup: what the others are and by which versions they were made. */
export const manifest = z.object({
  format: z.literal("tessera-backup-1"),
  createdAt: z.iso.datetime(),
  tessera: z.string(),
  postgresql: z.string(),
  /** Whether the secret key is inside. Without it, stored upstream keys and sign-ins cannot be read. */
  withKey: z.boolean(),
  /** Empty ones too: the database does not start without some of them. */
  folders: z.array(path),
  files: z.array(file),
});

export type Manifest = z.infer<typeof manifest>;
export type ManifestFile = z.infer<typeof file>;
