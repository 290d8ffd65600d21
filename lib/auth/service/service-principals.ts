import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { bumpPolicyEpoch, lockPolicy } from "@/lib/access/server";
import { AppError, newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { allAccounts, type Context, requirePrivilege } from "../context";
import { counted } from "../counted";
import type {
  ServicePrincipal,
  ServicePrincipalDetail,
  servicePrincipalInput,
  servicePrincipalPatch,
} from "../principal-schema";
import { countMemberships, leaveGroups } from "../store/group-members";
import { revokeKeysOf } from "../store/keys";
import {
  changeServicePrincipal,
  deleteServicePrincipalRow,
  findOwned,
  findServicePrincipal,
  findServicePrincipals,
  insertServicePrincipal,
  type ServicePrincipalRow,
} from "../store/service-principals";
import { findPrincipals, refOf } from "../store/users";
import { audit } from "./audit";
import { membershipsOf } from "./memberships";

type Reader = Pick<Tx, "user" | "group" | "groupMember">;

async function shown(tx: Reader, rows: readonly ServicePrincipalRow[]): Promise<ServicePrincipal[]> {
  const makers = await findPrincipals(
    tx,
    rows.flatMap(({ createdById }) => createdById ?? []),
  );
  const groups = await countMemberships(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const maker = makers.find(({ id }) => id === row.createdById);
    const used = row.keys.flatMap(({ lastUsedAt }) => lastUsedAt?.getTime() ?? []);
    return {
      id: row.id,
      applicationId: row.email,
      name: row.name,
      state: row.disabledAt ? "disabled" : "active",
      createdAt: row.createdAt.toISOString(),
      createdBy: maker ? refOf(maker) : null,
      keys: row.keys.length,
      groups: groups.get(row.id) ?? 0,
      lastUsedAt: used.length > 0 ? new Date(Math.max(...used)).toISOString() : null,
      revision: row.revision,
    };
  });
}

async function detail(tx: Reader, row: ServicePrincipalRow): Promise<ServicePrincipalDetail> {
  const [one] = await shown(tx, [row]);
  if (!one) throw new Error("One row shows as one service principal");
  return { ...one, memberships: await membershipsOf(tx, row.id) };
}

/** @throws AppError `not_found`, for people too. */
export async function requireServicePrincipal(
  tx: Pick<Tx, "user">,
  id: string,
): Promise<ServicePrincipalRow> {
  const row = await findServicePrincipal(tx, id);
  if (!row) throw new AppError("not_found", "There is no such service principal.");
  return row;
}

export async function findAllServicePrincipals(ctx: Context): Promise<ServicePrincipal[]> {
  requirePrivilege(ctx, "BROWSE", allAccounts);
  const { prisma } = await db();
  return shown(prisma, await findServicePrincipals(prisma));
}

/** One with the groups that count for it. @throws AppError `not_found` */
export async function getServicePrincipal(ctx: Context, id: string): Promise<ServicePrincipalDetail> {
  requirePrivilege(ctx, "BROWSE", { kind: "user", id });
  const { prisma } = await db();
  return detail(prisma, await requireServicePrincipal(prisma, id));
}

/** An account for a program. It has no password and no role of administrator, and never will. */
export async function createServicePrincipal(
  ctx: Context,
  { name }: z.output<typeof servicePrincipalInput>,
): Promise<ServicePrincipalDetail> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  const id = newId("usr");
  const applicationId = randomUUID();
  return (await db()).write(async (tx) => {
    await insertServicePrincipal(tx, { id, applicationId, name, createdById: ctx.actor.userId });
    await audit(tx, ctx, "createServicePrincipal", { userId: id, applicationId, name });
    return detail(tx, await requireServicePrincipal(tx, id));
  });
}

/** Renames it, or switches it off or on. Switching off ends its keys at once and for good. @throws AppError `conflict` when somebody changed it meanwhile. */
export async function updateServicePrincipal(
  ctx: Context,
  id: string,
  { revision, name, disabled }: z.output<typeof servicePrincipalPatch>,
): Promise<ServicePrincipalDetail> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id });
  return (await db()).write(async (tx) => {
    const row = await requireServicePrincipal(tx, id);
    const at = new Date();
    const disabledAt = disabled === undefined ? undefined : disabled ? (row.disabledAt ?? at) : null;
    await changeServicePrincipal(tx, id, revision, { name, disabledAt });
    if (disabled) await revokeKeysOf(tx, id, at);
    if (disabled !== undefined) await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
    await audit(tx, ctx, "updateServicePrincipal", {
      userId: id,
      name: row.name,
      changed: { name, disabled },
    });
    return detail(tx, await requireServicePrincipal(tx, id));
  });
}

/** @throws AppError `conflict` naming what it still owns. */
export async function deleteServicePrincipal(ctx: Context, id: string): Promise<void> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id });
  await (await db()).write(async (tx) => {
    await lockPolicy(tx);
    const { name, email } = await requireServicePrincipal(tx, id);
    const owned = await findOwned(tx, id);
    if (owned.length > 0) {
      const list = owned.map(({ noun, count }) => counted(count, noun)).join(", ");
      throw new AppError("conflict", `${name} still has ${list}. End or hand over these first.`);
    }
    await leaveGroups(tx, id);
    await deleteServicePrincipalRow(tx, id);
    await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
    await audit(tx, ctx, "deleteServicePrincipal", { userId: id, applicationId: email, name });
  });
}
