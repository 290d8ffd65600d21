import "server-only";
import { record } from "@/lib/audit/server";
import { auditContext, type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import { findModelRow, type ModelRow } from "../store/models";

type Reader = Parameters<typeof findModelRow>[0];

export function audit(tx: Tx, ctx: Context, action: string, params: Record<string, unknown>): Promise<void> {
  return record(tx, auditContext(ctx), { service: "registry", action, params, status: 200 });
}

/** @throws AppError `not_found`, or `forbidden` where the caller may only look. */
export async function requireModel(
  reader: Reader,
  ctx: Context,
  id: string,
  privilege: "BROWSE" | "MANAGE",
): Promise<ModelRow> {
  const row = await findModelRow(reader, { id });
  if (!row) throw notFound("registered-model");
  requirePrivilege(ctx, privilege, { kind: "registered-model", id: row.id });
  return row;
}

/** @throws AppError `not_found` */
export function versionOf(row: ModelRow, number: number): ModelRow["versions"][number] {
  const version = row.versions.find((each) => each.number === number);
  if (!version) throw new AppError("not_found", `${row.name} has no version ${number}.`);
  return version;
}
