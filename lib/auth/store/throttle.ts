import "server-only";
import type { Tx } from "@/lib/db/server";

/** Counts one attempt and returns the row, locked until the transaction ends: attempts in parallel queue up here. */
export function countAttempt(tx: Tx, key: string, at: Date) {
  return tx.signInThrottle.upsert({
    where: { key },
    create: { key, failures: 1, windowStart: at },
    update: { failures: { increment: 1 } },
  });
}

export function restartWindow(tx: Tx, key: string, at: Date) {
  return tx.signInThrottle.update({
    where: { key },
    data: { failures: 1, windowStart: at, blockedUntil: null },
  });
}

export function blockUntil(tx: Tx, key: string, until: Date) {
  return tx.signInThrottle.update({ where: { key }, data: { blockedUntil: until } });
}

export function clearAttempts(tx: Tx, key: string) {
  return tx.signInThrottle.deleteMany({ where: { key } });
}

/** Takes back one counted attempt that turned out to be a success. */
export function uncountAttempt(tx: Tx, key: string) {
  return tx.signInThrottle.updateMany({
    where: { key, failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  });
}

export function dropWindowsBefore(tx: Tx, at: Date) {
  return tx.signInThrottle.deleteMany({ where: { windowStart: { lt: at } } });
}
