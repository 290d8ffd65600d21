import "server-only";
import { join } from "node:path";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { env, single } from "@/lib/core/server";
import { Journal } from "./journal/journal";
import { findModels } from "./models";
import { findReportedPrompt, notedPrompt } from "./prompt-port";
import { type InvocationReport, type InvocationRow, invocationRow } from "./schema";
import { storable } from "./storable";
import { insertInvocations, isRowAtFault } from "./store";

/** The process's journal of invocations. */
export function invocationJournal(): Journal<InvocationRow> {
  return single(
    "gateway.journal",
    () =>
      new Journal<InvocationRow>(join(env().dataDir, "journal"), {
        parse: (record) => invocationRow.safeParse(record).data,
        insert: insertInvocations,
        blames: isRowAtFault,
      }),
  );
}

/** 16 random bytes in hexadecimal, as W3C trace context has them. */
export function newTraceId(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("hex");
}

function storableParameters(parameters: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(parameters).map(([name, value]) => [
    storable(name, 40),
    typeof value === "string"
      ? storable(value, 300)
      : Array.isArray(value)
        ? value.map((item) => (typeof item === "string" ? storable(item, 300) : item))
        : value,
  ]);
  return Object.fromEntries(entries);
}

const statusOfOutcome = { ok: 200, error: 500, client_closed: 499 } as const;

/** Notes a run in the caller's own browser. Nothing here could check it, and the row says so. */
export async function reportInvocation(ctx: Context, report: InvocationReport): Promise<void> {
  const { model, parameters, outcome } = report;
  requirePrivilege(ctx, "EXECUTE", { kind: "model", name: model });
  if (!(await findModels(ctx)).some(({ id, inBrowser }) => id === model && inBrowser)) {
    throw new AppError("not_found", `The model ${model} does not run in a browser.`, { param: "model" });
  }
  const prompt = report.prompt && (await findReportedPrompt(ctx, report.prompt));
  const refusal = invocationJournal().refusal();
  if (refusal) throw refusal;
  await invocationJournal().append({
    id: newId("inv"),
    requestId: ctx.requestId,
    traceId: newTraceId(),
    userId: ctx.actor.userId,
    keyId: ctx.actor.keyId ?? null,
    source: "playground",
    task: "chat",
    model,
    calledAs: null,
    registeredModel: null,
    registeredVersion: null,
    ...notedPrompt(prompt),
    connectionId: null,
    engine: "browser",
    device: storable(report.device, 40),
    parameters: storableParameters(parameters),
    stream: true,
    // The browser's clock may be wrong; its durations are not.
    startedAt: new Date(Date.now() - report.durationMs).toISOString(),
    durationMs: report.durationMs,
    firstTokenMs: report.firstTokenMs ?? null,
    inputTokens: report.inputTokens ?? null,
    outputTokens: report.outputTokens ?? null,
    cost: 0,
    outcome,
    statusCode: statusOfOutcome[outcome],
    finishReason: report.finishReason ?? null,
    errorCode: report.errorCode === undefined ? null : storable(report.errorCode, 40),
    clientReported: true,
  });
}
