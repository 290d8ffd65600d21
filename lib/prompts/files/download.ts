import { apiError, type ErrorCode, statusOf } from "@/lib/core";
import { RequestError } from "@/lib/core/client";
import type { FileExport } from "../file-schema";

/** An archive of prompts as files. @throws RequestError with the server's code and words */
export async function downloadPrompts(asked: Omit<FileExport, "as">): Promise<Blob> {
  const query = new URLSearchParams({ as: "zip" });
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  let response: Response;
  try {
    response = await fetch(`/api/prompt-files/export?${query}`);
  } catch {
    throw new RequestError("unavailable", "The workbench did not answer.", undefined);
  }
  if (response.ok) return response.blob();
  const parsed = apiError.safeParse(await response.json().catch(() => undefined));
  const requestId = response.headers.get("x-request-id") ?? undefined;
  if (!parsed.success)
    throw new RequestError("internal", `The workbench answered ${response.status}.`, requestId);
  const { code, message, request_id } = parsed.data.error;
  throw new RequestError(
    code in statusOf ? (code as ErrorCode) : "internal",
    message,
    request_id ?? requestId,
  );
}
