import "server-only";
import { log } from "@/lib/core/server";
import { onPublished } from "@/lib/models/server";
import { reconcile } from "./reconcile";

/** Registers what is usable now, and from now on what becomes usable. */
export async function startRegistry(): Promise<void> {
  const registerAll = () =>
    reconcile().then(
      () => undefined,
      // The next look into the registry tries again.
      (error: unknown) => log.warn("Models were not registered", { error }),
    );
  onPublished(() => void registerAll());
  await registerAll();
}
