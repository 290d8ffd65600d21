import "server-only";
import type { IncomingMessage } from "node:http";
import { AppError } from "@/lib/core";
import { HttpRefusal } from "./failures";

export const maxBodyBytes = 8 * 1024 * 1024;

const tooLarge = () => new AppError("too_large", `The body is larger than ${maxBodyBytes} bytes.`);

function requireJson(request: IncomingMessage): void {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new HttpRefusal(415, "unsupported_media_type", "Send the body as application/json.");
  }
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new HttpRefusal(415, "unsupported_encoding", "Send the body without compression.");
  }
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    const settle = (outcome: () => void) => {
      request.off("data", onData).off("end", onEnd).off("error", onError).off("close", onClose);
      outcome();
    };
    const onData = (chunk: Buffer) => {
      received += chunk.length;
      if (received > maxBodyBytes) {
        request.pause();
        settle(() => reject(tooLarge()));
      } else chunks.push(chunk);
    };
    const onEnd = () =>
      settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new AppError("client_closed", "The caller left.")));
    request.on("data", onData).on("end", onEnd).on("error", onError).on("close", onClose);
  });
}

/** The JSON object in a request's body. @throws AppError `too_large` before anything is parsed, `invalid`. */
export async function readJsonBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  requireJson(request);
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) throw tooLarge();
  const bytes = await readBytes(request);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("invalid", "The body is not JSON in UTF-8.", { cause });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new AppError("invalid", "The body is not a JSON object.");
  }
  return json as Record<string, unknown>;
}

const lingerMs = 1_000;
const lingerBytes = 32 * 1024 * 1024;

/**
 * Takes what is left of a body that was refused, for a moment: closing at once would reset the
 * connection, and the caller would lose the answer that tells it why.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let left = lingerBytes;
  const timer = setTimeout(() => request.destroy(), lingerMs);
  timer.unref();
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on("close", () => clearTimeout(timer));
  request.resume();
}
