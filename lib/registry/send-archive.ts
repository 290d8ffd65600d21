import { type ApiErrorBody, apiError, type ErrorCode, statusOf } from "@/lib/core";
import { RequestError } from "@/lib/core/client";
import { type ArchiveImport, type ArchiveQuery, archiveImport } from "./schema";

export interface SendArchive {
  archive: Blob;
  query: ArchiveQuery;
  /** Bytes that left this browser. */
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}

const codeOf = ({ error }: ApiErrorBody): ErrorCode =>
  error.code in statusOf ? (error.code as ErrorCode) : "internal";

function answerOf(request: XMLHttpRequest): ArchiveImport {
  const json: unknown = JSON.parse(request.responseText || "null");
  if (request.status === 201) return archiveImport.parse(json);
  const refused = apiError.safeParse(json);
  if (!refused.success)
    throw new RequestError("internal", `The workbench answered ${request.status}.`, undefined);
  const { message, request_id, details } = refused.data.error;
  throw new RequestError(codeOf(refused.data), message, request_id, { details });
}

/**
 * Uploads an archive. Not by `fetch`, which does not tell how far it is.
 * @throws RequestError with the server's words
 */
export function sendArchive({ archive, query, onSent, signal }: SendArchive): Promise<ArchiveImport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/models/registry/imports?${new URLSearchParams(query)}`);
    request.setRequestHeader("content-type", "application/zip");
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => {
      try {
        resolve(answerOf(request));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () =>
      reject(new RequestError("unavailable", "The connection broke. Nothing was kept.", undefined));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(archive);
  });
}
