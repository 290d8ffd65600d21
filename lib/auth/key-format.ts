import "server-only";
import { createHmac } from "node:crypto";
import { crc32 } from "node:zlib";
import { randomBase62, toBase62 } from "@/lib/core";
import { deriveKey } from "@/lib/core/server";

const form = /^tsr_([0-9A-Za-z]{12})_[0-9A-Za-z]{32}([0-9A-Za-z]{6})$/;
const checksumLength = 6;

/** CRC-32 of everything before it, in base 62: catches typing and truncation before the database is asked. */
function checksum(body: string): string {
  return toBase62(crc32(body), checksumLength);
}

/** A new key: `tsr_<12 id>_<32 secret><6 checksum>`; 190 bits of secret. */
export function makeKey(): string {
  const body = `tsr_${randomBase62(12)}_${randomBase62(32)}`;
  return body + checksum(body);
}

/** What is wrong with a key's form, or its id. */
export function readKey(key: string): { id: string } | { wrong: "form" | "checksum" } {
  const match = form.exec(key);
  const id = match?.[1];
  if (id === undefined) return { wrong: "form" };
  return checksum(key.slice(0, -checksumLength)) === match?.[2] ? { id } : { wrong: "checksum" };
}

/** What is stored of a key, and by what a verified one is remembered: of all its characters, never of a prefix. */
export function keyHash(key: string): Buffer {
  return createHmac("sha256", deriveKey("api-keys")).update(key).digest();
}
