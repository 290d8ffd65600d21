import "server-only";
import { record } from "@/lib/audit/server";
import { isAppError, newId } from "@/lib/core";
import { log, single } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { findModelIds, insertModels } from "../store/models";
import { findFingerprints, insertVersions } from "../store/versions";
import { findUsable, type Usable } from "../usable";

/** Names whose files are on their way into another model. */
const claimed = () => single("registry.claimed", () => new Set<string>());

/** Keeps a served name from being registered by itself while `work` gives it its place. */
export async function withClaim<T>(servedAs: string, work: () => Promise<T>): Promise<T> {
  claimed().add(servedAs);
  try {
    return await work();
  } finally {
    claimed().delete(servedAs);
  }
}

/** Registers what can be called and is in no version yet, and gives everything that can be called. */
export async function reconcile(): Promise<Map<string, Usable>> {
  const usable = await findUsable();
  const database = await db();
  const known = await findFingerprints(database.prisma);
  const isNew = ({ fingerprint, servedAs }: Usable) => !known.has(fingerprint) && !claimed().has(servedAs);
  if (![...usable.values()].some(isNew)) return usable;
  try {
    await database.write(async (tx) => {
      const now = await findFingerprints(tx);
      const fresh = [...usable.values()].filter((each) => isNew(each) && !now.has(each.fingerprint));
      if (fresh.length > 0) await register(tx, fresh);
    });
  } catch (error) {
    // Looking must go on where nothing can be written.
    if (!isAppError(error)) throw error;
    log.warn("Models were not registered", { error });
  }
  return usable;
}

/** A new model for each name that has none; else its next version. */
async function register(tx: Tx, fresh: readonly Usable[]): Promise<void> {
  const names = fresh.map(({ servedAs }) => servedAs);
  const present = await findModelIds(tx, names);
  const made = await insertModels(
    tx,
    fresh
      .filter(({ servedAs }) => !present.has(servedAs))
      .map(({ servedAs, description }) => ({ name: servedAs, description, createdById: null })),
  );
  const ids = new Map([...present, ...made]);
  const versions = fresh.flatMap((usable) => {
    const modelId = ids.get(usable.servedAs);
    return modelId === undefined ? [] : [{ modelId, usable, createdById: null }];
  });
  const numbers = await insertVersions(tx, versions);
  await record(
    tx,
    { requestId: newId("req"), ip: "local", userAgent: "tessera", userIdentity: "tessera" },
    {
      service: "registry",
      action: "registerUsable",
      params: {
        count: versions.length,
        versions: versions.slice(0, 100).map(({ usable }, index) => `${usable.servedAs} v${numbers[index]}`),
      },
      status: 200,
    },
  );
}
