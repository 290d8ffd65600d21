import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/core";
import { findCatalogueEntry } from "./catalogue";
import { isInside } from "./files";
import { askHub, type HubAccess, type HubAnswer, readJson, refusalOf } from "./hub-http";

const info = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  gated: z.union([z.boolean(), z.string()]).nullish(),
  pipeline_tag: z.string().nullish(),
  safetensors: z.object({ total: z.number().int().positive() }).nullish().catch(undefined),
  cardData: z
    .object({
      license: z.union([z.string(), z.array(z.string())]).nullish(),
      license_name: z.string().nullish(),
    })
    .nullish()
    .catch(undefined),
  tags: z.array(z.string()).nullish().catch(undefined),
});

const sha256 = z
  .string()
  .transform((text) => text.replace(/^sha256:/, ""))
  .pipe(z.string().regex(/^[0-9a-f]{64}$/));

const treeEntry = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number().int().nonnegative().default(0),
  oid: z.string().regex(/^[0-9a-f]{40}$/),
  lfs: z.object({ oid: sha256, size: z.number().int().nonnegative() }).nullish(),
});

/** A file of a repository and the hash by which it will be known: sha256 of large ones, git's own of the others. */
export interface HubFile {
  path: string;
  size: number;
  sha256?: string;
  gitSha1?: string;
}

/** A repository at one commit. */
export interface Repository {
  repository: string;
  revision: string;
  sha: string;
  gated: boolean;
  license: string;
  task?: "chat" | "embedding";
  /** Absent when the hub does not say. */
  parameters?: number;
  files: HubFile[];
}

const maxPages = 100;
const maxFiles = 50_000;

const encoded = (path: string) => path.split("/").map(encodeURIComponent).join("/");

/**
 * Asks the hub for a repository, pinned to the commit that its revision means now.
 * @throws AppError that says what is missing: the repository, the revision, a token, the hub itself.
 */
export async function getRepository(
  hub: HubAccess,
  repository: string,
  revision: string,
  signal: AbortSignal,
): Promise<Repository> {
  const base = `${hub.address}/api/models/${encoded(repository)}`;
  const asked = { repository, revision };
  const described = await readApi(
    hub,
    await get(hub, `${base}/revision/${encodeURIComponent(revision)}`, asked, signal),
    info,
  );
  const { sha, gated, pipeline_tag, safetensors } = described;
  const files = await listFiles(hub, `${base}/tree/${sha}?recursive=true`, asked, signal);
  return {
    repository,
    revision,
    sha,
    gated: Boolean(gated),
    license: licenseOf(described),
    task: taskOf(pipeline_tag),
    parameters: safetensors?.total,
    files,
  };
}

function licenseOf({ cardData, tags }: z.infer<typeof info>): string {
  const { license, license_name } = cardData ?? {};
  const first = Array.isArray(license) ? license[0] : license;
  const tagged = tags?.find((tag) => tag.startsWith("license:"))?.slice("license:".length);
  const named = first === "other" ? (license_name ?? first) : (first ?? tagged);
  return (named ?? "unknown").slice(0, 100);
}

function taskOf(pipeline: string | null | undefined): Repository["task"] {
  if (pipeline === "text-generation") return "chat";
  return pipeline === "feature-extraction" || pipeline === "sentence-similarity" ? "embedding" : undefined;
}

async function get(
  hub: HubAccess,
  url: string,
  asked: { repository: string; revision: string },
  signal: AbortSignal,
): Promise<HubAnswer> {
  const answer = await askHub(hub, url, { accept: "application/json" }, signal);
  if (answer.status !== 200) throw await refusalOf(hub, answer, asked);
  return answer;
}

async function readApi<S extends z.ZodType>(
  hub: HubAccess,
  answer: HubAnswer,
  schema: S,
): Promise<z.output<S>> {
  const parsed = schema.safeParse(await readJson(answer, hub.address));
  if (parsed.success) return parsed.data;
  throw new AppError("upstream", `${hub.address} does not answer as a model hub does.`, {
    cause: parsed.error,
  });
}

async function listFiles(
  hub: HubAccess,
  first: string,
  asked: { repository: string; revision: string },
  signal: AbortSignal,
): Promise<HubFile[]> {
  const files = new Map<string, HubFile>();
  let url: string | undefined = first;
  for (let page = 0; url !== undefined; page += 1) {
    const answer: HubAnswer = await get(hub, url, asked, signal);
    for (const { type, path, size, oid, lfs } of await readApi(hub, answer, z.array(treeEntry))) {
      if (type !== "file") continue;
      if (!isInside(path) || files.has(path)) {
        throw new AppError("unprocessable", `${asked.repository} lists a file outside its folder: ${path}`);
      }
      files.set(path, lfs ? { path, size: lfs.size, sha256: lfs.oid } : { path, size, gitSha1: oid });
    }
    if (page >= maxPages || files.size > maxFiles) {
      throw new AppError("unprocessable", `${asked.repository} lists more than ${maxFiles} files.`);
    }
    url = nextPage(hub, answer.headers.link);
  }
  return [...files.values()];
}

/** The next page of a list; one on another host is not asked for. */
function nextPage(hub: HubAccess, link: string | string[] | undefined): string | undefined {
  const found = /<([^<>]+)>\s*;[^,]*\brel="?next"?/.exec([link].flat().join(", "))?.[1];
  if (!found) return undefined;
  const next = new URL(found, `${hub.address}/`);
  // Behind a mirror the hub names itself; only path and query count.
  const home = new URL(hub.address);
  const prefix = home.pathname.replace(/\/+$/, "");
  const path = next.pathname.startsWith(`${prefix}/`) ? next.pathname : `${prefix}${next.pathname}`;
  return new URL(`${path}${next.search}`, home.origin).href;
}

/** What a catalogue id stands for; any other text is a repository's own name. */
export function repositoryOf(idOrRepository: string): string {
  return findCatalogueEntry(idOrRepository)?.repository ?? idOrRepository;
}

/** Opens a file of a commit from `from` on, which a hub may ignore. */
export async function openFile(
  hub: HubAccess,
  at: { repository: string; sha: string; path: string },
  range: { from: number; etag?: string },
  signal: AbortSignal,
): Promise<HubAnswer> {
  const url = `${hub.address}/${encoded(at.repository)}/resolve/${at.sha}/${encoded(at.path)}`;
  const headers: Record<string, string> = {};
  if (range.from > 0) {
    headers.range = `bytes=${range.from}-`;
    if (range.etag) headers["if-range"] = range.etag;
  }
  return askHub(hub, url, headers, signal);
}
