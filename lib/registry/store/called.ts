import "server-only";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "registeredModel" | "modelVersion" | "modelAlias">;

const calledParts = {
  number: true,
  servedAs: true,
  fingerprint: true,
  license: true,
  licenseAcceptedAt: true,
  deprecatedFrom: true,
  deprecation: true,
  approvals: { select: { state: true }, orderBy: { requestedAt: "desc" } },
} as const;

/** A model by name and where one of its aliases points; only what a call asks for. */
export async function findCalledModel(reader: Reader, name: string, alias: string) {
  const row = await reader.registeredModel.findUnique({
    where: { name },
    select: {
      id: true,
      name: true,
      ownerId: true,
      approvalRequired: true,
      lastNumber: true,
      aliases: { select: { version: true }, where: { alias } },
    },
  });
  if (!row) return undefined;
  const { aliases, ...model } = row;
  return { ...model, pointsTo: aliases[0]?.version };
}

export function findCalledVersion(reader: Reader, modelId: string, number: number) {
  return reader.modelVersion.findUnique({
    where: { modelId_number: { modelId, number } },
    select: calledParts,
  });
}

/** Every alias of every model with the version that it points to, by model and alias. */
export async function listCalledAliases(reader: Reader) {
  const rows = await reader.modelAlias.findMany({
    select: {
      alias: true,
      version: true,
      updatedAt: true,
      model: {
        select: {
          id: true,
          name: true,
          ownerId: true,
          approvalRequired: true,
          deprecatedAt: true,
          deprecation: true,
        },
      },
    },
    orderBy: [{ model: { name: "asc" } }, { alias: "asc" }],
  });
  const versions = await reader.modelVersion.findMany({
    where: { OR: rows.map(({ model, version }) => ({ modelId: model.id, number: version })) },
    select: { modelId: true, ...calledParts },
  });
  return rows.flatMap(({ alias, version, updatedAt, model }) => {
    const found = versions.find(({ modelId, number }) => modelId === model.id && number === version);
    return found ? [{ alias, movedAt: updatedAt, model, version: found }] : [];
  });
}

/** Versions that are or will be deprecated, themselves or with their model. */
export function listDeprecatedVersions(reader: Reader) {
  return reader.modelVersion.findMany({
    where: { OR: [{ deprecatedFrom: { not: null } }, { model: { deprecatedAt: { not: null } } }] },
    select: {
      modelId: true,
      servedAs: true,
      fingerprint: true,
      deprecatedFrom: true,
      deprecation: true,
      model: { select: { deprecatedAt: true, deprecation: true } },
    },
  });
}
