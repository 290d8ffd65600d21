import "server-only";
import { createWriteStream, existsSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { ChainReport } from "@/lib/audit";
import { chainReport } from "@/lib/audit";
import { type AuditOrigin, record, verifyChain } from "@/lib/audit/server";
import { AppError } from "@/lib/core";
import { env } from "@/lib/core/server";
import { callControl, db } from "@/lib/db/server";
import { auditFilter } from "./schema";
import { exportLines } from "./service/export";

const commandLine: AuditOrigin = {
  requestId: "command",
  ip: "local",
  userAgent: "tessera command line",
  userIdentity: "command line",
};

export const fileExport = z.strictObject({
  /** Absolute, not existing yet. */
  file: z.string().min(1),
  filter: auditFilter.omit({ mine: true }),
});
export type FileExport = z.infer<typeof fileExport>;

/** Writes matching rows to a new file, through the database of this process. Returns how many. */
export async function exportToFile({ file, filter }: FileExport): Promise<{ rows: number }> {
  if (existsSync(file)) throw new AppError("conflict", `${file} exists already. Name a new file.`);
  await (await db()).write((tx) =>
    record(tx, commandLine, {
      service: "auditLog",
      action: "exportAuditEvents",
      params: filter,
      status: 200,
      securable: { kind: "metastore" },
    }),
  );
  let rows = 0;
  const counted = async function* () {
    for await (const lines of exportLines({ ...filter, ownerId: null })) {
      rows += lines.split("\n").length - 1;
      yield lines;
    }
  };
  await pipeline(
    Readable.from(counted()),
    createWriteStream(file, { flags: "wx", mode: 0o600, flush: true }),
  );
  return { rows };
}

/** Runs `work` on the configured database, which no other process uses. */
async function here<T>(work: () => Promise<T>): Promise<T> {
  const database = await db();
  try {
    return await work();
  } finally {
    await database.close();
  }
}

/** Verifies the configured audit log: through the process that uses it, or directly when none does. */
export async function verifyConfigured(): Promise<ChainReport> {
  const answer = await callControl(env().dataDir, "audit.verify", {});
  return answer ? chainReport.parse(answer.result) : here(() => verifyChain());
}

/** Exports from the configured audit log: through the process that uses it, or directly when none does. */
export async function exportConfigured(request: FileExport): Promise<number> {
  const answer = await callControl(env().dataDir, "audit.export", request);
  const result = answer ? answer.result : await here(() => exportToFile(request));
  return z.object({ rows: z.number() }).parse(result).rows;
}
