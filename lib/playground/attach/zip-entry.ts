import { unpackEntry, zipEntries } from "@/lib/core";
import { tooLarge } from "./refusal";

/**
 * One file of a zip archive; undefined where it has no such file.
 * @throws AppError for a damaged archive, and when unpacking would give more than `most` bytes.
 */
export async function zipEntry(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  wanted: string,
  most: number,
): Promise<Uint8Array | undefined> {
  const entry = zipEntries(bytes, name).find(({ path }) => path === wanted);
  if (!entry) return undefined;
  const unpacked = await unpackEntry(bytes, name, entry, most);
  if (!unpacked) throw tooLarge(`${name}, unpacked,`, `${most / 1_000_000} MB`);
  return unpacked;
}
