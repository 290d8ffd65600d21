import "server-only";
import { currentPolicy } from "@/lib/access/server";
import { db } from "@/lib/db/server";
import type { Deprecation } from "@/lib/gateway";
import { deprecationOf } from "../deprecation";
import { listDeprecatedVersions } from "../store/called";
import { findFingerprint } from "../usable";

/**
 * What is said of names that calls use and should not: by the model that holds the name alone, or everybody who gives a
 * model of their own the same version could speak for it.
 */
export async function findDeprecations(): Promise<ReadonlyMap<string, Deprecation>> {
  const rows = await listDeprecatedVersions((await db()).prisma);
  const policy = await currentPolicy();
  const held = rows.filter(({ servedAs, modelId }) => policy.calledNode(servedAs)?.id === modelId);
  const said = await Promise.all(
    held.map(async ({ model, ...version }) => {
      const isReached = (await findFingerprint(version.servedAs)) === version.fingerprint;
      const deprecation = isReached ? deprecationOf(model, version) : null;
      return deprecation ? [[version.servedAs, deprecation] as const] : [];
    }),
  );
  return new Map(said.flat());
}
