import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { versionDeprecation } from "./deprecation";
import { isOpenLicense } from "./license";
import {
  type Approval,
  approvalStates,
  type ModelVersion,
  modelTags,
  type Person,
  type RegisteredModel,
  type RegisteredSummary,
  signature,
  type VersionSource,
  versionFiles,
  versionSource,
} from "./schema";
import { whyNoTarget } from "./service/fitness";
import type { ModelRow, SummaryRow } from "./store/models";
import type { Usable } from "./usable";

type VersionRow = ModelRow["versions"][number];
type ApprovalRow = VersionRow["approvals"][number];
type UsableByName = ReadonlyMap<string, Usable>;
const bytesOf = (files: readonly { size: number }[]) => files.reduce((sum, { size }) => sum + size, 0);

type People = (id: string) => Person;

const tagsOf = (value: unknown) => modelTags.safeParse(value).data ?? {};

/** What calls reach is what the version says, not merely something of its name. */
function isReached(row: { servedAs: string; fingerprint: string }, usable: UsableByName): boolean {
  return usable.get(row.servedAs)?.fingerprint === row.fingerprint;
}

function runsOf(
  row: { servedAs: string; fingerprint: string },
  source: VersionSource,
  usable: UsableByName,
): ModelVersion["runs"] {
  const now = isReached(row, usable) ? usable.get(row.servedAs) : undefined;
  return {
    server: source.origin !== "connection",
    browser: now?.browserBytes !== undefined,
    remote: source.origin === "connection",
    ...(now?.weightBytes === undefined ? {} : { weightBytes: now.weightBytes }),
    ...(now?.browserBytes === undefined ? {} : { browserBytes: now.browserBytes }),
  };
}

function toApproval(row: ApprovalRow, people: People): Approval {
  const { id, state, requestComment, decisionComment, decidedById } = row;
  return {
    id,
    state: approvalStates.find((known) => known === state) ?? "withdrawn",
    requestedBy: people(row.requestedById),
    requestedAt: row.requestedAt.toISOString(),
    comment: requestComment,
    decidedBy: decidedById === null ? null : people(decidedById),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decision: decisionComment,
  };
}

function toVersion(row: VersionRow, model: ModelRow, usable: UsableByName, people: People): ModelVersion {
  const source = versionSource.parse(row.source);
  const files = versionFiles.parse(row.files);
  const { number, servedAs, description, license, parameters } = row;
  return {
    number,
    servedAs,
    state: isReached(row, usable) ? "ready" : "missing",
    unfit: whyNoTarget(model, row, usable) ?? null,
    description,
    source,
    files,
    bytes: bytesOf(files),
    signature: signature.parse(row.signature),
    ...(parameters === null ? {} : { parameters: Number(parameters) }),
    license,
    isLicenseOpen: isOpenLicense(license),
    licenseAccepted:
      row.licenseAcceptedById !== null && row.licenseAcceptedAt !== null
        ? { by: people(row.licenseAcceptedById), at: row.licenseAcceptedAt.toISOString() }
        : null,
    runs: runsOf(row, source, usable),
    tags: tagsOf(row.tags),
    aliases: model.aliases.filter(({ version }) => version === number).map(({ alias }) => alias),
    metrics: row.metrics.map(({ name, value, low, high, count, source, recordedById, recordedAt }) => ({
      name,
      value,
      ...(low === null ? {} : { low }),
      ...(high === null ? {} : { high }),
      ...(count === null ? {} : { count }),
      source,
      by: recordedById === null ? null : people(recordedById),
      at: recordedAt.toISOString(),
    })),
    approvals: row.approvals.map((approval) => toApproval(approval, people)),
    deprecation: versionDeprecation(row),
    createdBy: row.createdById === null ? null : people(row.createdById),
    createdAt: row.createdAt.toISOString(),
  };
}

export function toModel(ctx: Context, row: ModelRow, usable: UsableByName, people: People): RegisteredModel {
  const { id, name, description, owner, approvalRequired, revision, createdById, deprecatedAt } = row;
  return {
    id,
    name,
    description,
    owner,
    tags: tagsOf(row.tags),
    approvalRequired,
    deprecation: deprecatedAt === null ? null : { at: deprecatedAt.toISOString(), why: row.deprecation },
    revision,
    createdBy: createdById === null ? null : people(createdById),
    createdAt: row.createdAt.toISOString(),
    versions: row.versions.map((version) => toVersion(version, row, usable, people)),
    aliases: row.aliases.map(({ alias, version, updatedAt }) => ({
      alias,
      version,
      updatedAt: updatedAt.toISOString(),
    })),
    may: {
      manage: authorize(ctx.actor, "MANAGE", { kind: "registered-model", id }).allow,
      import: authorize(ctx.actor, "MANAGE", { kind: "metastore" }).allow,
    },
  };
}

/** Everybody whom a model's page names. */
export function* peopleIn(row: ModelRow): Iterable<string | null> {
  yield row.createdById;
  for (const version of row.versions) {
    yield version.createdById;
    yield version.licenseAcceptedById;
    for (const { recordedById } of version.metrics) yield recordedById;
    for (const { requestedById, decidedById } of version.approvals) {
      yield requestedById;
      yield decidedById;
    }
  }
}

export function toSummary(row: SummaryRow, usable: UsableByName): RegisteredSummary {
  const { id, name, description, owner, aliases, versions } = row;
  const [last] = versions;
  return {
    id,
    name,
    description,
    owner,
    tags: tagsOf(row.tags),
    isDeprecated: row.deprecatedAt !== null,
    versions: versions.length,
    pending: versions.reduce((sum, { approvals }) => sum + approvals.length, 0),
    aliases,
    latest: last ? toLatest(last, usable) : null,
  };
}

function toLatest(last: SummaryRow["versions"][number], usable: UsableByName): RegisteredSummary["latest"] {
  const source = versionSource.parse(last.source);
  return {
    number: last.number,
    task: signature.parse(last.signature).task,
    origin: source.origin,
    license: last.license,
    state: isReached(last, usable) ? "ready" : "missing",
    deprecation: versionDeprecation(last),
    runs: runsOf(last, source, usable),
    createdAt: last.createdAt.toISOString(),
  };
}
