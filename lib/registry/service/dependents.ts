import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { db, type Tx } from "@/lib/db/server";
import { findUsage } from "@/lib/gateway/server";
import { engineStatus } from "@/lib/inference/server";
import { type Dependents, versionFiles, versionSource } from "../schema";
import { findTwins, type TwinRow } from "../store/deletions";
import type { ModelRow } from "../store/models";
import type { Usable } from "../usable";
import { requireModel, versionOf } from "./own";
import { reconcile } from "./reconcile";

type Version = ModelRow["versions"][number];
type UsableByName = ReadonlyMap<string, Usable>;

const usageDays = 30;

/** What is decided over: a model, those of its versions that go, and what is made of the same elsewhere. */
interface Doomed {
  row: ModelRow;
  versions: readonly Version[];
  twins: readonly TwinRow[];
  usable: UsableByName;
}

const isReached = ({ servedAs, fingerprint }: Version, usable: UsableByName) =>
  usable.get(servedAs)?.fingerprint === fingerprint;

const originOf = ({ source }: Version) => versionSource.parse(source).origin;

const hasTwin = ({ fingerprint }: Version, twins: readonly TwinRow[]) =>
  twins.some((twin) => twin.fingerprint === fingerprint);

/** What can be called and is in no version is registered under its own name: here that is the model itself. */
const comesBack = (version: Version, { row, twins, usable }: Doomed) =>
  row.name === version.servedAs && isReached(version, usable) && !hasTwin(version, twins);

const isOnDisk = (version: Version) => originOf(version) === "hub" || originOf(version) === "import";

/** Versions whose files nothing else needs. */
export function versionsWithOwnFiles({ versions, twins, usable }: Doomed): Version[] {
  return versions.filter(
    (version) => isOnDisk(version) && isReached(version, usable) && !hasTwin(version, twins),
  );
}

function refusalOf(doomed: Doomed, aliases: Dependents["aliases"]): string | null {
  const { row, versions, usable } = doomed;
  const builtIn = versions.find(
    (version) =>
      originOf(version) === "built-in" && row.name === version.servedAs && isReached(version, usable),
  );
  if (builtIn) {
    return `v${builtIn.number} is built in: it comes with the application, which registers it at every start.`;
  }
  const offered = versions.find(
    (version) => originOf(version) === "connection" && comesBack(version, doomed),
  );
  if (offered) {
    return `A connection offers ${offered.servedAs}, so v${offered.number} would be registered again. Take the model out of the connection first.`;
  }
  return aliases.length === 0 ? null : pointedAt(aliases, versions.length < row.versions.length);
}

/** An alias of a model that goes has nowhere to be moved. */
function pointedAt(aliases: Dependents["aliases"], canMove: boolean): string {
  const names = aliases.map(({ alias, version }) => `${alias} (v${version})`).join(", ");
  const isOne = aliases.length === 1;
  return `${names} ${isOne ? "points" : "point"} to it. ${canMove ? "Move or remove" : "Remove"} the ${
    isOne ? "alias" : "aliases"
  } first.`;
}

export async function doomedOf(
  tx: Pick<Tx, "modelVersion">,
  row: ModelRow,
  versions: readonly Version[],
  usable: UsableByName,
): Promise<Doomed> {
  const twins = await findTwins(
    tx,
    versions.map(({ fingerprint }) => fingerprint),
    versions.map(({ id }) => id),
  );
  return { row, versions, twins, usable };
}

/** What hangs on versions, but for their calls; of other models those that the caller may know of are named. */
export function dependentsOf(ctx: Context, doomed: Doomed): Omit<Dependents, "calls"> {
  const { row, versions, twins, usable } = doomed;
  const numbers = new Set(versions.map(({ number }) => number));
  const aliases = row.aliases.filter(({ version }) => numbers.has(version));
  const approvals = versions.flatMap((version) => version.approvals);
  const served = [
    ...new Set(versions.filter((each) => isReached(each, usable)).map(({ servedAs }) => servedAs)),
  ];
  const loaded = engineStatus().models.filter(({ state }) => state === "ready" || state === "loading");
  const own = versionsWithOwnFiles(doomed);
  const returning = versions.filter(
    (version) => isReached(version, usable) && !hasTwin(version, twins) && version.servedAs !== row.name,
  );
  return {
    refusal: refusalOf(doomed, aliases),
    aliases: aliases.map(({ alias, version }) => ({ alias, version })),
    approvals: approvals.length,
    pending: approvals.filter(({ state }) => state === "pending").length,
    metrics: versions.reduce((sum, { metrics }) => sum + metrics.length, 0),
    served,
    loaded: served.filter((name) => loaded.some((model) => model.name === name)),
    alsoIn: twins
      .filter(({ model }) => authorize(ctx.actor, "BROWSE", { kind: "registered-model", id: model.id }).allow)
      .map(({ model, number }) => `${model.name} v${number}`),
    files: {
      deletion: own.some((version) => comesBack(version, doomed)) ? "must" : own.length > 0 ? "may" : "none",
      bytes: own.flatMap(({ files }) => versionFiles.parse(files)).reduce((sum, { size }) => sum + size, 0),
    },
    returning: returning.map(({ servedAs }) => servedAs),
  };
}

/** What would go with a version, or with a model where no number is given. @throws AppError `not_found` or `forbidden` */
export async function findDependents(ctx: Context, id: string, number?: number): Promise<Dependents> {
  const { prisma } = await db();
  const row = await requireModel(prisma, ctx, id, "MANAGE");
  const versions = number === undefined ? row.versions : [versionOf(row, number)];
  const found = dependentsOf(ctx, await doomedOf(prisma, row, versions, await reconcile()));
  const usage = await findUsage(ctx, found.served, usageDays);
  return { ...found, calls: usage.reduce((sum, { calls }) => sum + calls, 0) };
}
