import "server-only";
import { single } from "@/lib/core/server";

interface Awaited {
  epoch: bigint;
  /** How often it was raised. */
  turn: number;
}

const awaited = () => single<Awaited>("access.awaited", () => ({ epoch: 0n, turn: 0 }));

/** Notes that a transaction of this process raises the epoch to this; it may still be rolled back. */
export function awaitEpoch(epoch: bigint): void {
  const state = awaited();
  state.turn += 1;
  if (epoch > state.epoch) state.epoch = epoch;
}

/** The highest epoch that a transaction of this process may have reached. */
export function awaitedEpoch(): bigint {
  return awaited().epoch;
}

/**
 * Call before reading the epoch, and what it returns with the epoch that was read: after a rollback the
 * awaited one never comes. A transaction that has raised it since the read began may still commit.
 */
export function settling(): (epoch: bigint) => void {
  const { turn } = awaited();
  return (epoch) => {
    const state = awaited();
    if (state.turn === turn) state.epoch = epoch;
  };
}
