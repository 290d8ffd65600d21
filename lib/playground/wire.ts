import "server-only";
import type { Context } from "@/lib/auth/server";
import type { SaveResult } from "./service/sessions";

/** A save as HTTP: the new summary, or 409 with the document that is there now. */
export function saveAnswer(ctx: Context, result: SaveResult): Response {
  if (result.outcome === "saved") return Response.json(result.session);
  const message = "Not saved. A newer version was saved elsewhere first.";
  return Response.json(
    { error: { code: "conflict", message, request_id: ctx.requestId }, current: result.current },
    { status: 409 },
  );
}
