import { AppError } from "@/lib/core";
import { type ModelFile, partBytes, partCountOf, partSizeOf } from "./kept-file";

interface PartsFetch {
  url: string;
  file: ModelFile;
  /** The parts that are wanted. */
  missing: ReadonlySet<number>;
  signal?: AbortSignal;
  /** Bytes of missing parts that have come. */
  onBytes(count: number): void;
  /** A part is whole. What this throws ends the fetch. */
  onPart(part: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/**
 * Fetches parts of a file, each by a Range of its own, so that a cut costs at most one. A server that ignores
 * Range is read through once.
 * @throws AppError `unavailable` when it does not answer or is cut, `unprocessable` when the file is not as long as announced
 */
export async function fetchParts(run: PartsFetch): Promise<void> {
  const missing = new Set(run.missing);
  for (const part of [...missing].sort((a, b) => a - b))
    if (missing.has(part)) await answerOf(run, part, missing);
}

/** Takes what one answer brings: the part asked for, or the whole file. */
async function answerOf(run: PartsFetch, part: number, missing: Set<number>): Promise<void> {
  const { file, signal } = run;
  const isSingle = partCountOf(file) === 1;
  const asked = { from: part * partBytes, to: part * partBytes + partSizeOf(file, part) };
  const response = await fetch(run.url, {
    cache: "no-store",
    signal,
    headers: isSingle ? {} : { range: `bytes=${asked.from}-${asked.to - 1}` },
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new AppError("unavailable", `${run.url} could not be fetched.`, { cause });
  });
  if (response.status === 416) throw wrongLength(run, "is shorter");
  if (!response.ok || !response.body)
    throw new AppError("unavailable", `${run.url} answered ${response.status}.`);
  const span = response.status === 206 ? asked : { from: 0, to: file.size };
  if (response.status === 206) requireRange(run, response, asked);
  await readSpan(run, response.body, span, missing);
}

function requireRange(run: PartsFetch, { headers }: Response, { from, to }: Span): void {
  const given = headers.get("content-range");
  if (given === `bytes ${from}-${to - 1}/${run.file.size}`) return;
  throw wrongLength(run, `gave ${given} where bytes ${from}-${to - 1} were asked for`);
}

interface Span {
  from: number;
  to: number;
}

/** Cuts what streams in into parts; those that are not missing pass by. */
async function readSpan(
  run: PartsFetch,
  body: ReadableStream<Uint8Array>,
  { from, to }: Span,
  missing: Set<number>,
): Promise<void> {
  const { file, signal, onBytes, onPart } = run;
  const reader = body.getReader();
  let at = from;
  let open: Uint8Array<ArrayBuffer> | undefined;
  const close = async (part: number) => {
    const bytes = open ?? new Uint8Array(0);
    open = undefined;
    if (missing.delete(part)) await onPart(part, bytes);
  };
  try {
    for (;;) {
      const chunk = await reader.read().catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw new AppError("unavailable", `${run.url} was cut after ${at} of ${file.size} bytes.`, { cause });
      });
      if (chunk.done) break;
      // More than was announced is not kept: a wrong file must not fill the memory.
      if (at + chunk.value.length > to) throw wrongLength(run, "is longer");
      for (let rest = chunk.value; rest.length > 0; ) {
        const part = Math.floor(at / partBytes);
        const end = part * partBytes + partSizeOf(file, part);
        const piece = rest.subarray(0, end - at);
        if (missing.has(part)) {
          open ??= new Uint8Array(partSizeOf(file, part));
          open.set(piece, at - part * partBytes);
          onBytes(piece.length);
        }
        at += piece.length;
        rest = rest.subarray(piece.length);
        if (at === end) await close(part);
      }
    }
    if (at !== to) throw wrongLength(run, `ended after ${at} bytes`);
    if (file.size === 0) await close(0);
  } finally {
    // Of no use any more, whether it ended or failed.
    void reader.cancel().catch(() => undefined);
  }
}

function wrongLength({ url, file }: PartsFetch, how: string): AppError {
  return new AppError(
    "unprocessable",
    `${url} ${how}; expected ${file.size} bytes with sha256 ${file.sha256}.`,
  );
}
