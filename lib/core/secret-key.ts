import { hkdfSync, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { env } from "./env";
import { AppError } from "./errors";
import { single } from "./single";

const fileBytes = 32;

function keyFile(): string {
  return join(env().dataDir, "secret.key");
}

function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError(
    "unavailable",
    `The secret key in ${keyFile()} ${reason}. Put back the file that belongs to this data folder.`,
    { cause },
  );
}

/** The master key, or null when none was ever made. SECRET_KEY goes before the file. @throws AppError when the file is damaged. */
export function readSecretKey(): Buffer | null {
  const given = env().SECRET_KEY;
  if (given) return Buffer.from(given, "utf8");
  if (!existsSync(keyFile())) return null;
  let text: string;
  try {
    text = readFileSync(keyFile(), "utf8").trim();
  } catch (cause) {
    throw unreadable("cannot be read", cause);
  }
  const key = Buffer.from(text, "base64");
  if (key.length !== fileBytes || key.toString("base64") !== text) throw unreadable("is damaged");
  return key;
}

/** Makes `DATA_DIR/secret.key`, synced to disk before anything is encrypted with it. The caller knows that no data depends on an older key. */
export function createSecretKey(): Buffer {
  mkdirSync(env().dataDir, { recursive: true, mode: 0o700 });
  const key = randomBytes(fileBytes);
  const file = openSync(keyFile(), "wx", 0o600);
  try {
    writeSync(file, `${key.toString("base64")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(keyFile(), 0o600);
  if (process.platform !== "win32") {
    const folder = openSync(env().dataDir, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
  return key;
}

interface Keyring {
  master: Buffer;
  derived: Map<string, Buffer>;
}

function keyring(): Keyring {
  return single("core.keyring", () => {
    const master = readSecretKey();
    if (!master) {
      throw new AppError("unavailable", `There is no secret key. Set SECRET_KEY or restore ${keyFile()}.`);
    }
    return { master, derived: new Map() };
  });
}

/** The master key. @throws AppError `unavailable` when there is none: it is made at the first start only, never in passing. */
export function secretKey(): Buffer {
  return keyring().master;
}

/** A 32-byte key for one purpose only, by HKDF-SHA256 from the master key. */
export function deriveKey(purpose: string): Buffer {
  const { master, derived } = keyring();
  let key = derived.get(purpose);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), `tessera/${purpose}`, 32));
    derived.set(purpose, key);
  }
  return key;
}
