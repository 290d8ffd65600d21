import "server-only";
import { currentPolicy } from "@/lib/access/server";
import { db } from "@/lib/db/server";
import type { PointingAlias } from "@/lib/models/server";
import { listCalledAliases } from "../store/called";
import { findFingerprint } from "../usable";

/** Aliases whose calls reach what is served under a name now; those of dropped models reach nothing. */
export async function findPointing(servedAs: string): Promise<PointingAlias[]> {
  const fingerprint = await findFingerprint(servedAs);
  const policy = await currentPolicy();
  return (await listCalledAliases((await db()).prisma))
    .filter(({ model, version }) => {
      const isReached = version.servedAs === servedAs && version.fingerprint === fingerprint;
      return isReached && policy.node(model.id) !== undefined;
    })
    .map(({ alias, model }) => ({ alias, model: model.name }));
}
