import "server-only";
import { log } from "@/lib/core/server";
import { onOffered, setNamedVersions } from "@/lib/gateway/server";
import { onPublished, setPointing } from "@/lib/models/server";
import { calledVersions } from "./called";
import { followCatalog } from "./catalog-hooks";
import { findPointing } from "./pointing";
import { reconcile } from "./reconcile";

/** Registers what is usable now, and from now on what becomes usable; lets calls name versions, and keeps what aliases point to. */
export async function startRegistry(): Promise<void> {
  const registerAll = () =>
    reconcile().then(
      () => undefined,
      // The next look into the registry tries again.
      (error: unknown) => log.warn("Models were not registered", { error }),
    );
  followCatalog();
  setNamedVersions(calledVersions);
  setPointing(findPointing);
  onPublished(() => void registerAll());
  onOffered(registerAll);
  await registerAll();
}
