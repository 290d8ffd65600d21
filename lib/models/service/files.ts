import "server-only";
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import { openModelFile, serverModelSource } from "@/lib/inference/server";
import { type ByteRange, readRange } from "../byte-range";
import { nameFromPath } from "./names";

const manifestFile = "tessera.json";
const chunkBytes = 256 * 1024;

interface OpenedFile {
  handle: FileHandle;
  size: number;
  sha256: string;
  type: string;
}

/**
 * A file of a model of this server, whole or the part that the request names, streamed from the disk. What the
 * manifest does not name is answered as what does not exist.
 * @throws AppError `not_found`, or `unprocessable` where the file is not as long as its manifest says
 */
export async function getModelFile(
  ctx: Context,
  { method, headers }: Request,
  { name: text, path }: { name: string; path: string[] },
): Promise<Response> {
  const name = nameFromPath(text, notFound("model"));
  requirePrivilege(ctx, "EXECUTE", { kind: "model", name });
  const file = await openFile(name, path.join("/"));
  const etag = `"${file.sha256}"`;
  const sent: Record<string, string> = {
    "accept-ranges": "bytes",
    // Kept only with its owner's session, asked about each time, and never compressed: a part must stay a part.
    "cache-control": "private, no-cache, no-transform",
    "content-type": file.type,
    etag,
  };
  if (headers.get("if-none-match")?.includes(etag)) {
    await file.handle.close();
    return new Response(null, { status: 304, headers: sent });
  }
  if (method === "HEAD") {
    await file.handle.close();
    return new Response(null, { headers: { ...sent, "content-length": String(file.size) } });
  }
  const condition = headers.get("if-range");
  const asked = condition === null || condition === etag ? headers.get("range") : null;
  const range = readRange(asked, file.size);
  if (range === "none") {
    await file.handle.close();
    return new Response(null, { status: 416, headers: { ...sent, "content-range": `bytes */${file.size}` } });
  }
  const { from, to } = range === "whole" ? { from: 0, to: file.size } : range;
  sent["content-length"] = String(to - from);
  if (range !== "whole") sent["content-range"] = `bytes ${from}-${to - 1}/${file.size}`;
  return new Response(stream(file.handle, { from, to }), {
    status: range === "whole" ? 200 : 206,
    headers: sent,
  });
}

async function openFile(name: string, path: string): Promise<OpenedFile> {
  const { manifest, base } = await serverModelSource(name).catch((error: unknown) => {
    throw isAppError(error) && error.code === "not_found" ? notFound("model") : error;
  });
  const entry = manifest.files.find((file) => file.path === path);
  if (!entry && path !== manifestFile) throw notFound("model");
  const handle = await openModelFile(base, path).catch(() => {
    throw notFound("model");
  });
  try {
    if (!entry) {
      const bytes = await handle.readFile();
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { handle, size: bytes.length, sha256, type: "application/json" };
    }
    const { size } = await handle.stat();
    if (size !== entry.size) {
      throw new AppError(
        "unprocessable",
        `${name}: ${path} has ${size} bytes; expected ${entry.size} bytes with sha256 ${entry.sha256}.`,
      );
    }
    // Whatever it is, a browser shall not take it for a page or a script of ours.
    return { handle, size, sha256: entry.sha256, type: "application/octet-stream" };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Closes the file at the end, on failure, and when nobody reads on. */
function stream(handle: FileHandle, { from, to }: ByteRange): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const chunk = new Uint8Array(Math.min(chunkBytes, to - at));
        const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
        // A shorter answer than announced must break, not end.
        if (bytesRead === 0 && at < to) throw new Error(`A file of a model ended at byte ${at} of ${to}.`);
        at += bytesRead;
        if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
        if (at < to) return;
        await handle.close();
        controller.close();
      } catch (error) {
        await handle.close().catch(() => undefined);
        controller.error(error);
      }
    },
    cancel: () => handle.close().catch(() => undefined),
  });
}
