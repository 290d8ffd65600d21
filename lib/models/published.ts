import "server-only";
import { single } from "@/lib/core/server";

interface Hearing {
  listener?: (name: string) => void;
}

const hearing = () => single<Hearing>("models.published", () => ({}));

/** Tells `listener`, in place of any before, of every model that becomes usable in this process. */
export function onPublished(listener: (name: string) => void): void {
  hearing().listener = listener;
}

export function announcePublished(name: string): void {
  hearing().listener?.(name);
}
