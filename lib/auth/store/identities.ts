import "server-only";
import type { Tx } from "@/lib/db/server";

/** An account at an issuer with its person. */
export function findIdentity(tx: Tx, issuer: string, subject: string) {
  return tx.identity.findUnique({
    where: { issuer_subject: { issuer, subject }, user: { kind: "person" } },
    include: { user: true },
  });
}

export function insertIdentity(tx: Tx, issuer: string, subject: string, userId: string) {
  return tx.identity.create({ data: { issuer, subject, userId } });
}
