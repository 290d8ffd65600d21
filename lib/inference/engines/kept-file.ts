import { AppError } from "@/lib/core";
import type { ModelManifest } from "../schema";
import { urlOf } from "./browser-source";
import type { ModelSource } from "./protocol";

export type ModelFile = ModelManifest["files"][number];

const cacheName = "tessera-models";

/** A file is fetched and kept in parts of this many bytes; the last one is shorter. */
export const partBytes = 8 * 2 ** 20;

/** A file without content has one part as well. */
export function partCountOf({ size }: ModelFile): number {
  return Math.max(1, Math.ceil(size / partBytes));
}

export function partSizeOf({ size }: ModelFile, part: number): number {
  return Math.min(partBytes, size - part * partBytes);
}

/** Nothing where pages may not keep files: plain HTTP from another machine, some private windows. */
export async function openCache(): Promise<Cache | undefined> {
  try {
    return await globalThis.caches?.open(cacheName);
  } catch {
    return undefined;
  }
}

/** @throws AppError `unavailable` where pages may keep nothing */
export async function requireCache(): Promise<Cache> {
  const cache = await openCache();
  if (cache) return cache;
  throw new AppError("unavailable", "This browser lets the workbench keep no files at this address.");
}

/** What is kept under one address: one entry for each part, and one that says that all of them were verified. */
interface Entry {
  request: Request;
  /** Of the file, without its query. */
  path: string;
  sha256: string;
  part: number | undefined;
  bytes: number;
}

/** Every entry under a path of this origin. */
export async function findEntries(cache: Cache, under: string): Promise<Entry[]> {
  const entries = (await cache.keys()).map((request): Entry => {
    const { pathname, searchParams } = new URL(request.url);
    const part = searchParams.get("part");
    return {
      request,
      path: pathname,
      sha256: searchParams.get("sha256") ?? "",
      part: part === null ? undefined : Number(part),
      bytes: Number(searchParams.get("bytes") ?? 0),
    };
  });
  return entries.filter(({ path }) => path.startsWith(under));
}

export function keptFile(cache: Cache, source: ModelSource, file: ModelFile): KeptFile {
  return new KeptFile(cache, urlOf(source, file.path), file);
}

/** A file of a model as this browser keeps it, part by part, under the hash that it must have. */
export class KeptFile {
  readonly #cache: Cache;
  readonly #url: string;
  readonly #file: ModelFile;

  constructor(cache: Cache, url: string, file: ModelFile) {
    this.#cache = cache;
    this.#url = url;
    this.#file = file;
  }

  /** The parts that are there. */
  async parts(): Promise<Set<number>> {
    const entries = await this.#entries();
    return new Set(
      entries.flatMap(({ sha256, part }) =>
        sha256 === this.#file.sha256 && part !== undefined ? [part] : [],
      ),
    );
  }

  /** Nothing where it is absent or cut. */
  async read(part: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const response = await this.#cache.match(this.#keyOf(part));
    if (!response) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length === partSizeOf(this.#file, part) ? bytes : undefined;
  }

  /** @throws DOMException `QuotaExceededError` where there is no room */
  async keep(part: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#cache.put(this.#keyOf(part), new Response(bytes));
  }

  /** Whether all parts are there and, together, have the right hash. */
  async isWhole(): Promise<boolean> {
    const parts = await this.parts();
    if (parts.size < partCountOf(this.#file)) return false;
    return (await this.#cache.match(this.#verifiedKey)) !== undefined;
  }

  async setVerified(): Promise<void> {
    await this.#cache.put(this.#verifiedKey, new Response(null));
  }

  /** Throws all of it away. */
  async drop(): Promise<void> {
    for (const { request } of await this.#entries()) await this.#cache.delete(request);
  }

  /** Throws away what is kept of other versions. */
  async dropOthers(): Promise<void> {
    for (const { request, sha256 } of await this.#entries())
      if (sha256 !== this.#file.sha256) await this.#cache.delete(request);
  }

  async #entries(): Promise<Entry[]> {
    const { pathname } = new URL(this.#url, location.origin);
    return (await findEntries(this.#cache, pathname)).filter(({ path }) => path === pathname);
  }

  #keyOf(part: number): string {
    return `${this.#url}?sha256=${this.#file.sha256}&part=${part}&bytes=${partSizeOf(this.#file, part)}`;
  }

  get #verifiedKey(): string {
    return `${this.#url}?sha256=${this.#file.sha256}&verified`;
  }
}
