import "server-only";
import { record } from "@/lib/audit/server";
import { auditContext, type Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { eventOf } from "../event";
import type { AuditFilter } from "../schema";
import { lastSeq, rowsBetween, type Sought } from "../store/events";
import { soughtBy } from "./scope";

/** Rows that are in memory at once. */
const batch = 500;

/** Matching rows up to this moment, oldest first, as JSON lines in batches; the next is read when one was taken. */
export async function* exportLines(sought: Sought): AsyncGenerator<string> {
  const { prisma } = await db();
  const through = await lastSeq(prisma);
  for (let after = 0n; ; ) {
    const rows = await rowsBetween(prisma, sought, { after, through, limit: batch });
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => `${JSON.stringify(eventOf(row))}\n`).join("");
    after = last.seq;
  }
}

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    },
    // Nothing is read ahead of whoever takes it.
    { highWaterMark: 0 },
  );
}

/** Matching rows as JSON lines for a SIEM. The export is recorded before its first line. */
export async function exportAuditEvents(ctx: Context, filter: AuditFilter): Promise<Response> {
  const sought = soughtBy(ctx, filter);
  await (await db()).write((tx) =>
    record(tx, auditContext(ctx), {
      service: "auditLog",
      action: "exportAuditEvents",
      params: filter,
      status: 200,
      securable: { kind: "metastore" },
      ...(sought.ownerId === null ? { privilege: "MANAGE" } : {}),
    }),
  );
  return new Response(streamOf(exportLines(sought)), {
    headers: {
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": 'attachment; filename="audit.jsonl"',
    },
  });
}
