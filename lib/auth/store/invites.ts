import "server-only";
import type { Tx } from "@/lib/db/server";

type InvitePurpose = "setup" | "invite" | "reset";

interface NewInvite {
  id: string;
  tokenHash: Buffer;
  purpose: InvitePurpose;
  userId?: string;
  expiresAt: Date;
}

export function insertInvite(tx: Tx, invite: NewInvite) {
  return tx.invite.create({ data: { ...invite, tokenHash: new Uint8Array(invite.tokenHash) } });
}

/** An unused, unexpired link by its token's hash, with its person; none ever leads into a service principal. */
export function findOpenInvite(tx: Tx, tokenHash: Buffer, at: Date) {
  return tx.invite.findFirst({
    where: {
      tokenHash: new Uint8Array(tokenHash),
      usedAt: null,
      expiresAt: { gt: at },
      OR: [{ userId: null }, { user: { kind: "person" } }],
    },
    include: { user: true },
  });
}

/** Marks a link used. Of several calls at once exactly one gets true. */
export async function consumeInvite(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.invite.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
  return count === 1;
}

/** Makes a person's earlier unused links worthless. */
export function dropOpenInvitesOf(tx: Tx, userId: string) {
  return tx.invite.deleteMany({ where: { userId, usedAt: null } });
}

/** Links of a person that can still be used. */
export function countOpenInvitesOf(tx: Tx, userId: string, at: Date): Promise<number> {
  return tx.invite.count({ where: { userId, usedAt: null, expiresAt: { gt: at } } });
}

export function dropOpenSetupInvites(tx: Tx) {
  return tx.invite.deleteMany({ where: { purpose: "setup", usedAt: null } });
}

/** Invitations of a person that were used or still can be. */
export function countStandingInvitations(tx: Tx, userId: string, at: Date): Promise<number> {
  return tx.invite.count({
    where: { userId, purpose: "invite", OR: [{ usedAt: { not: null } }, { expiresAt: { gt: at } }] },
  });
}

/** Marks all of a person's open links used: they came in another way. */
export function closeInvitesOf(tx: Tx, userId: string, at: Date) {
  return tx.invite.updateMany({
    where: { userId, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
}
