import "server-only";
import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import { AppError } from "@/lib/core";
import { deriveKey } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import {
  blockUntil,
  clearAttempts,
  countAttempt,
  dropWindowsBefore,
  restartWindow,
  uncountAttempt,
} from "../store/throttle";

const windowMs = 60 * 60 * 1000;
const longestBlockMs = 15 * 60 * 1000;

/** Attempts that go unpunished within an hour, by what is counted. An address may be a whole office. */
const freeAttempts = { account: 5, address: 20 } as const;
type Counted = keyof typeof freeAttempts;

/** A network's owner holds every address of an IPv6 /64, so the first half counts. */
function addressGroup(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = "", tail] = ip.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right].slice(0, 4).join(":");
}

/** Hashed: people type passwords into the e-mail field, and the table must not keep them. */
function throttleKey(counted: Counted, value: string): string {
  return `${counted}:${createHmac("sha256", deriveKey("throttle")).update(value).digest("base64url")}`;
}

/** What one sign-in is counted under. */
export interface Attempt {
  account: string;
  address: string;
}

export function attemptOf(email: string, ip: string): Attempt {
  return { account: throttleKey("account", email), address: throttleKey("address", addressGroup(ip)) };
}

function tooMany(seconds: number): AppError {
  const wait = Math.max(1, Math.ceil(seconds));
  return new AppError("rate_limited", `Too many attempts to sign in. Try again in ${wait} s.`, {
    retryAfter: wait,
  });
}

/**
 * Counts an attempt before its password is looked at, so that attempts in parallel count too; beyond the free
 * ones each doubles the wait for the next, from 1 s to 15 min. @throws AppError `rate_limited`; a refused attempt is not counted.
 */
export async function beginAttempt(attempt: Attempt): Promise<void> {
  const database = await db();
  await database.write(async (tx) => {
    const at = new Date();
    await dropWindowsBefore(tx, new Date(at.getTime() - 2 * windowMs));
    for (const counted of ["account", "address"] as const) {
      const row = await countAttempt(tx, attempt[counted], at);
      if (row.blockedUntil && row.blockedUntil > at) {
        throw tooMany((row.blockedUntil.getTime() - at.getTime()) / 1000);
      }
      if (at.getTime() - row.windowStart.getTime() > windowMs) {
        await restartWindow(tx, attempt[counted], at);
        continue;
      }
      const excess = row.failures - freeAttempts[counted];
      if (excess < 0) continue;
      const wait = Math.min(longestBlockMs, 1000 * 2 ** excess);
      await blockUntil(tx, attempt[counted], new Date(at.getTime() + wait));
    }
  });
}

/** Forgets the account's failures after a success, and this one attempt of the address; its other failures stand. */
export async function endAttempt(tx: Tx, attempt: Attempt): Promise<void> {
  await clearAttempts(tx, attempt.account);
  await uncountAttempt(tx, attempt.address);
}
