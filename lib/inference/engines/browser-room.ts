import { AppError, byteCount } from "@/lib/core";

export interface BrowserRoom {
  /** Bytes that this workbench takes in this browser. */
  used: number;
  /** Bytes that it may take. */
  allowed: number;
}

/** Nothing where the browser does not tell. */
export async function browserRoom(): Promise<BrowserRoom | undefined> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? undefined : { used: usage, allowed: quota };
}

/** @throws AppError `disk_full` where the browser says that so much more will not fit */
export async function requireRoom(model: string, needed: number): Promise<void> {
  const room = await browserRoom();
  if (room && needed > freeOf(room)) throw noRoom(model, needed, room);
}

/** Browsers may promise more than they give, so that pages cannot tell disks apart: what is known to be wrong is not said. */
export function noRoom(
  model: string,
  needed: number,
  room: BrowserRoom | undefined,
  cause?: unknown,
): AppError {
  const free = room && freeOf(room) < needed ? `${byteCount(freeOf(room))} is free` : "less is free";
  return new AppError("disk_full", `${model} needs ${byteCount(needed)} more in this browser, and ${free}.`, {
    cause,
  });
}

export function isQuotaExceeded(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

function freeOf({ used, allowed }: BrowserRoom): number {
  return Math.max(0, allowed - used);
}

let isAsked = false;

/** What people fetched on purpose is not to be cleared behind their backs. Some browsers ask them first, so nobody waits. */
export function askToPersist(): void {
  if (isAsked) return;
  isAsked = true;
  void navigator.storage?.persist?.().catch(() => false);
}
