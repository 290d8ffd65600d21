import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/core";
import { deriveKey } from "@/lib/core/server";

const box = z.strictObject({ iv: z.base64(), data: z.base64(), tag: z.base64() });
type Box = z.infer<typeof box>;

const sealedSecret = z.strictObject({ v: z.literal(1), key: box, body: box });

/** A secret under its own data key, which lies wrapped beside it; fit for a JSON column. */
export type SealedSecret = z.infer<typeof sealedSecret>;

function seal(key: Buffer, plaintext: Buffer, aad: string): Box {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(aad));
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return {
    iv: iv.toString("base64"),
    data: data.toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
  };
}

function open(key: Buffer, { iv, data, tag }: Box, aad: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64"), { authTagLength: 16 })
    .setAAD(Buffer.from(aad))
    .setAuthTag(Buffer.from(tag, "base64"));
  return Buffer.concat([decipher.update(Buffer.from(data, "base64")), decipher.final()]);
}

const wrappingKey = () => deriveKey("secrets");

/**
 * Encrypts a secret for one place: AES-256-GCM under its own data key, wrapped by the master key.
 * @param aad the place, `table:row:column`; a row copied elsewhere does not open there.
 */
export function sealSecret(plaintext: string, aad: string): SealedSecret {
  const dataKey = randomBytes(32);
  return { v: 1, key: seal(wrappingKey(), dataKey, aad), body: seal(dataKey, Buffer.from(plaintext), aad) };
}

/** Decrypts what `sealSecret` made for the same place. @throws AppError `unavailable` when it is damaged or of another place or key. */
export function openSecret(sealed: unknown, aad: string): string {
  try {
    const { key, body } = sealedSecret.parse(sealed);
    return open(open(wrappingKey(), key, aad), body, aad).toString("utf8");
  } catch (cause) {
    throw new AppError("unavailable", "A stored secret cannot be opened. Enter it again.", { cause });
  }
}
