import "server-only";
import { createHash } from "node:crypto";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import type { VersionChoice } from "./alias";
import type { FetchedPrompt } from "./schema";
import { readChoice } from "./service/choice";
import { fetchPrompt } from "./service/fetch";
import { noteFetch } from "./service/fetches";

/** A fetched prompt as it is sent; 304 has no body. */
export interface FetchAnswer {
  status: 200 | 304;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | null;
}

interface Encoded {
  body: Uint8Array<ArrayBuffer>;
  etag: string;
}

// A prompt that is fetched again is the same object until something changes.
const encoded = new WeakMap<FetchedPrompt, Encoded>();

function encode(fetched: FetchedPrompt): Encoded {
  const known = encoded.get(fetched);
  if (known) return known;
  const body = new TextEncoder().encode(JSON.stringify(fetched));
  const made = { body, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"` };
  encoded.set(fetched, made);
  return made;
}

/** A name may be given once only: of two, a cache in between may take the other one. */
function choiceOf(query: URLSearchParams): VersionChoice {
  const names = [...query.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new AppError("invalid", `${twice.slice(0, 40)}: given twice`, {
      details: [{ path: twice.slice(0, 40), message: "given twice" }],
    });
  }
  return readChoice(Object.fromEntries(query));
}

/** What a number names never changes, unless something stands in it by an alias. */
function cacheControl({ alias, includes }: FetchedPrompt): string {
  const isFixed = alias === null && includes.every((each) => each.alias === null);
  return isFixed ? "private, max-age=31536000, immutable" : "private, max-age=60";
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  const tags = ifNoneMatch?.split(",").map((each) => each.trim()) ?? [];
  return tags.some((tag) => tag === "*" || tag.replace(/^W\//, "") === etag);
}

/** GET of a prompt, however it is served. @throws AppError as `fetchPrompt` */
export async function answerFetch(
  ctx: Context,
  fullName: string,
  { query, ifNoneMatch }: { query: URLSearchParams; ifNoneMatch: string | null },
): Promise<FetchAnswer> {
  const fetched = await fetchPrompt(ctx, fullName, choiceOf(query));
  noteFetch(ctx, fetched);
  const { body, etag } = encode(fetched);
  const headers = {
    etag,
    "cache-control": cacheControl(fetched),
    // One browser may hold the answers of two people.
    vary: "Authorization, Cookie",
  };
  if (matches(ifNoneMatch, etag)) return { status: 304, headers, body: null };
  const { byteLength } = body;
  return {
    status: 200,
    headers: { ...headers, "content-type": "application/json", "content-length": String(byteLength) },
    body,
  };
}
