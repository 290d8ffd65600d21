import { AppError } from "@/lib/core";
import { sha256Hex } from "../core/sha256";
import type { ModelManifest } from "../schema";
import type { ModelSource } from "./protocol";

type ModelFile = ModelManifest["files"][number];

const cacheName = "tessera-models";

/**
 * Reads a file of a model, from this browser's copy or from our own origin, and verifies it either way.
 * @throws AppError `unprocessable` naming the file and the expected sha256
 */
export async function readModelFile(
  source: ModelSource,
  path: string,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const file = source.manifest.files.find((entry) => entry.path === path);
  if (!file) throw new AppError("unprocessable", `${source.manifest.name} has no ${path} among its files.`);
  const url = `${source.base}/${path}`;
  const key = `${url}?sha256=${file.sha256}`;
  const cache = await openCache();
  const kept = await readKept(cache, key, file);
  if (kept) {
    onBytes(kept.length);
    return kept;
  }
  const bytes = await download(url, file, onBytes);
  const sha256 = await sha256Hex(bytes);
  if (sha256 !== file.sha256) throw broken(source, file, `has sha256 ${sha256}`);
  await keep(cache, url, key, bytes);
  return bytes;
}

/** Nothing where pages may not keep files: plain HTTP from another machine, some private windows. */
async function openCache(): Promise<Cache | undefined> {
  try {
    return await globalThis.caches?.open(cacheName);
  } catch {
    return undefined;
  }
}

async function readKept(
  cache: Cache | undefined,
  key: string,
  file: ModelFile,
): Promise<Uint8Array | undefined> {
  const response = await cache?.match(key);
  if (!response) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await sha256Hex(bytes)) === file.sha256) return bytes;
  await cache?.delete(key);
  return undefined;
}

async function download(
  url: string,
  file: ModelFile,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url, { cache: "no-store" }).catch((cause: unknown) => {
    throw new AppError("unavailable", `${url} could not be fetched.`, { cause });
  });
  if (!response.ok || !response.body)
    throw new AppError("unavailable", `${url} answered ${response.status}.`);
  const bytes = new Uint8Array(file.size);
  let at = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    // More than was announced is not kept: a wrong file must not fill the memory.
    if (at + value.length > file.size) {
      await reader.cancel();
      throw new AppError(
        "unprocessable",
        `${url} is longer than ${file.size} bytes; expected sha256 ${file.sha256}.`,
      );
    }
    bytes.set(value, at);
    at += value.length;
    onBytes(value.length);
  }
  if (at !== file.size)
    throw new AppError(
      "unprocessable",
      `${url} ended after ${at} of ${file.size} bytes; expected sha256 ${file.sha256}.`,
    );
  return bytes;
}

/** Without room for a copy the model still runs; it is fetched again next time. */
async function keep(
  cache: Cache | undefined,
  url: string,
  key: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  try {
    for (const old of (await cache?.keys(url, { ignoreSearch: true })) ?? []) await cache?.delete(old);
    await cache?.put(key, new Response(bytes));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function broken({ manifest }: ModelSource, file: ModelFile, why: string): AppError {
  return new AppError(
    "unprocessable",
    `${manifest.name}: ${file.path} ${why}; expected ${file.size} bytes with sha256 ${file.sha256}.`,
  );
}
