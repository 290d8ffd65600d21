import "server-only";
import { log, single } from "@/lib/core/server";

type Listener = () => Promise<void> | void;

const listeners = () => single("db.committed", () => new Map<string, Listener>());

/** Calls back after every transaction of this process, before its writer goes on; a second one of a name replaces the first. */
export function onCommitted(name: string, listener: Listener): void {
  listeners().set(name, listener);
}

/** What was written stays written, whatever becomes of the listeners. */
export async function committed(): Promise<void> {
  for (const listener of listeners().values()) {
    try {
      await listener();
    } catch (error) {
      log.error("What follows a change failed", { error });
    }
  }
}
