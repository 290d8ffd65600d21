import "server-only";
import { single } from "@/lib/core/server";

type Listener = () => Promise<void>;

const listener = () => single<{ current: Listener | null }>("gateway.offered", () => ({ current: null }));

/** Has `next` run whenever a connection offers other models than before; one listener, set at the start. */
export function onOffered(next: Listener): void {
  listener().current = next;
}

/** A connection came or changed: what it offers has its rights before anybody is told of it. */
export async function offeredChanged(): Promise<void> {
  await listener().current?.();
}
