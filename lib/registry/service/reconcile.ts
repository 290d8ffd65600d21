import "server-only";
import { administrators } from "@/lib/access";
import { currentPolicy, type Policy } from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import { isAppError, newId } from "@/lib/core";
import { log, single } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { findModelIds, insertModels } from "../store/models";
import { findFingerprints, insertVersions } from "../store/versions";
import { findUsable, type Usable } from "../usable";

/** Names whose files are on their way into another model, by how many claim each. */
const claimed = () => single("registry.claimed", () => new Map<string, number>());

function claim(servedAs: string, more: 1 | -1): void {
  const count = (claimed().get(servedAs) ?? 0) + more;
  if (count > 0) claimed().set(servedAs, count);
  else claimed().delete(servedAs);
}

/** Keeps a served name from being registered by itself while `work` gives it its place. */
export async function withClaim<T>(servedAs: string, work: () => Promise<T>): Promise<T> {
  claim(servedAs, 1);
  try {
    return await work();
  } finally {
    claim(servedAs, -1);
  }
}

/** Registers what can be called and is in no version yet, and gives everything that can be called. */
export async function reconcile(): Promise<Map<string, Usable>> {
  const usable = await findUsable();
  const known = await findFingerprints((await db()).prisma);
  const isNew = ({ fingerprint, servedAs }: Usable) => !known.has(fingerprint) && !claimed().has(servedAs);
  if (![...usable.values()].some(isNew)) return usable;
  const policy = await currentPolicy();
  try {
    await (await db()).write(async (tx) => {
      const now = await findFingerprints(tx);
      const fresh = [...usable.values()].filter((each) => isNew(each) && !now.has(each.fingerprint));
      if (fresh.length > 0) await register(tx, policy, fresh);
    });
  } catch (error) {
    // Looking must go on where nothing can be written.
    if (!isAppError(error)) throw error;
    log.warn("Models were not registered", { error });
  }
  return usable;
}

/**
 * Whether what is served under a name becomes a version of the model of that name: one that had it before, or an
 * administrator's. Whoever names a model of their own after one to come must not own that one when it comes.
 */
function mayTake(policy: Policy, servedAs: string, modelId: string): boolean {
  const holder = policy.calledNode(servedAs);
  if (holder !== undefined) return holder?.id === modelId;
  const ownerId = policy.node(modelId)?.ownerId;
  return (
    ownerId === administrators || (ownerId !== undefined && policy.closureSet(ownerId).has(administrators))
  );
}

const mostNamesakes = 100;

/** The model that each of these belongs to, by the name it is served under; none yet where it has to be made. */
async function modelsFor(tx: Tx, policy: Policy, names: readonly string[]) {
  const present = await findModelIds(tx, names);
  const known = new Map([...present].filter(([name, id]) => mayTake(policy, name, id)));
  const taken = [...present.keys()].filter((name) => !known.has(name));
  // Beside somebody's model of that name: name-2, name-3 and so on.
  const namesakes = taken.flatMap((name) =>
    Array.from({ length: mostNamesakes }, (_, i) => `${name}-${i + 2}`),
  );
  const held = new Set([...names, ...(await findModelIds(tx, namesakes)).keys()]);
  const free = (name: string) => {
    const found = namesakes.find((each) => each.startsWith(`${name}-`) && !held.has(each)) ?? newId(name);
    held.add(found);
    return found;
  };
  const made = new Map(
    names.filter((name) => !known.has(name)).map((name) => [name, taken.includes(name) ? free(name) : name]),
  );
  return { known, made };
}

/** A new model for each name that has none; else its next version. */
async function register(tx: Tx, policy: Policy, fresh: readonly Usable[]): Promise<void> {
  const names = fresh.map(({ servedAs }) => servedAs);
  const { known, made } = await modelsFor(tx, policy, names);
  const ids = await insertModels(
    tx,
    fresh.flatMap(({ servedAs, description }) => {
      const name = made.get(servedAs);
      return name === undefined ? [] : [{ name, description, createdById: null }];
    }),
  );
  const versions = fresh.flatMap((usable) => {
    const modelId = known.get(usable.servedAs) ?? ids.get(made.get(usable.servedAs) ?? "");
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
