import "server-only";
import { claimCalledNames } from "@/lib/access/server";
import { AppError, newId } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import type { MetricsInput } from "../metric-schema";
import type { ModelTags } from "../schema";
import type { Usable } from "../usable";

type Reader = Pick<Tx, "modelVersion">;

/** What every version is made of, so that nothing is registered twice. */
export async function findFingerprints(reader: Reader): Promise<Set<string>> {
  const rows = await reader.modelVersion.findMany({
    select: { fingerprint: true },
    distinct: ["fingerprint"],
  });
  return new Set(rows.map(({ fingerprint }) => fingerprint));
}

/** Models with a version that is served under a name, the newest version's first. */
export async function findServingModelIds(reader: Reader, servedAs: string): Promise<string[]> {
  const rows = await reader.modelVersion.findMany({
    select: { modelId: true },
    where: { servedAs },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ modelId }) => modelId);
}

/** Versions of any model that are made of exactly this, the newest first. */
export function findMadeOf(reader: Reader, fingerprint: string) {
  return reader.modelVersion.findMany({
    select: { number: true, modelId: true, model: { select: { name: true } } },
    where: { fingerprint },
    orderBy: { createdAt: "desc" },
  });
}

/** The number that each model gave last; those of deleted versions count. */
async function lastNumbers(tx: Tx, modelIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.registeredModel.findMany({
    select: { id: true, lastNumber: true },
    where: { id: { in: [...modelIds] } },
  });
  return new Map(rows.map(({ id, lastNumber }) => [id, lastNumber]));
}

/** One statement: the first start registers everything that a connection offers. */
async function keepLastNumbers(tx: Tx, modelIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "RegisteredModel" SET "lastNumber" = GREATEST("lastNumber",
      (SELECT max("number") FROM "ModelVersion" WHERE "modelId" = "RegisteredModel"."id"))
    WHERE "id" IN (SELECT jsonb_array_elements_text(${JSON.stringify(modelIds)}::jsonb))`;
}

interface NewVersion {
  modelId: string;
  usable: Usable;
  /** Null: the workbench itself. */
  createdById: string | null;
}

const cardSource = "model card";

/** Adds each as the next version of its model and gives the numbers. @throws AppError `conflict` when a model has this content already. */
export async function insertVersions(tx: Tx, versions: readonly NewVersion[]): Promise<number[]> {
  const modelIds = versions.map(({ modelId }) => modelId);
  const numbers = await lastNumbers(tx, modelIds);
  const rows = versions.map(({ modelId, usable, createdById }) => {
    const number = (numbers.get(modelId) ?? 0) + 1;
    numbers.set(modelId, number);
    const { servedAs, fingerprint, description, source, files, signature, parameters, license } = usable;
    return {
      id: newId("ver"),
      modelId,
      number,
      servedAs,
      fingerprint,
      description,
      source,
      files,
      // Through JSON, so that what is absent is not there.
      signature: JSON.parse(JSON.stringify(signature)) as object,
      parameters: parameters ?? null,
      license,
      createdById,
    };
  });
  const known = await tx.modelVersion.findFirst({
    where: { OR: rows.map(({ modelId, fingerprint }) => ({ modelId, fingerprint })) },
  });
  if (known) {
    throw new AppError("conflict", `Version ${known.number} is made of exactly these files already.`);
  }
  await tx.modelVersion.createMany({ data: rows });
  await claimCalledNames(
    tx,
    rows.map(({ servedAs, modelId }) => ({ name: servedAs, securableId: modelId })),
  );
  await keepLastNumbers(tx, modelIds);
  await tx.modelMetric.createMany({
    data: rows.flatMap(({ id, createdById }, index) =>
      (versions[index]?.usable.metrics ?? []).map((metric) => ({
        versionId: id,
        ...metric,
        source: cardSource,
        recordedById: createdById,
      })),
    ),
  });
  return rows.map(({ number }) => number);
}

interface VersionChange {
  tags?: ModelTags;
  deprecatedFrom?: Date | null;
  deprecation?: string;
  licenseAcceptedById?: string | null;
  licenseAcceptedAt?: Date | null;
}

export async function changeVersion(tx: Tx, id: string, change: VersionChange): Promise<void> {
  await tx.modelVersion.update({ where: { id }, data: change });
}

/** Keeps figures of a version; one of the same name is replaced. */
export async function saveMetrics(
  tx: Tx,
  versionId: string,
  { source, metrics }: MetricsInput,
  recordedById: string,
): Promise<void> {
  await tx.modelMetric.deleteMany({ where: { versionId, name: { in: metrics.map(({ name }) => name) } } });
  await tx.modelMetric.createMany({
    data: metrics.map((metric) => ({ versionId, ...metric, source, recordedById })),
  });
}
