import "server-only";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { AppError, byteCount } from "@/lib/core";

/** Asked for before it is written. */
const partBytes = 8 * 1024 * 1024;

/** A file on its way here. */
export interface Upload {
  body: ReadableStream<Uint8Array> | null;
  /** As the request announces; absent when it does not. */
  bytes: number | undefined;
}

interface Received {
  bytes: number;
  sha256: string;
}

/**
 * Writes an upload to a new file and hashes it on its way. Every byte or a refusal.
 * @throws AppError `too_large`, `disk_full`, or `invalid` when it ended early
 */
export async function receive(
  { body, bytes: announced }: Upload,
  path: string,
  most: number,
  requireRoom: (bytes: number) => Promise<void>,
): Promise<Received> {
  const tooLarge = () => new AppError("too_large", `An archive may have ${byteCount(most)} at most.`);
  if (announced !== undefined && announced > most) throw tooLarge();
  if (!body) throw new AppError("invalid", "Send the archive as the body of the request.");
  await requireRoom(announced ?? partBytes);
  const hash = createHash("sha256");
  const file = await open(path, "wx", 0o600);
  let bytes = 0;
  let granted = Math.max(announced ?? 0, partBytes);
  try {
    for await (const chunk of body) {
      if (bytes + chunk.byteLength > most) throw tooLarge();
      if (bytes + chunk.byteLength > granted) {
        await requireRoom(partBytes);
        granted += partBytes;
      }
      hash.update(chunk);
      await file.writeFile(chunk);
      bytes += chunk.byteLength;
    }
  } finally {
    await file.close();
  }
  if (announced !== undefined && announced !== bytes) {
    throw new AppError("invalid", `${bytes} of ${announced} bytes arrived. Nothing was kept.`);
  }
  return { bytes, sha256: hash.digest("hex") };
}
