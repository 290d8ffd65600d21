import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError, type ErrorCode } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { CallableAlias, NamedVersion, NamedVersions, VersionName } from "@/lib/gateway/server";
import { deprecationOf } from "../deprecation";
import { findCalledModel, findCalledVersion, listCalledAliases } from "../store/called";
import { findFingerprint } from "../usable";
import { findDeprecations } from "./deprecations";
import { whyDeprecated, whyMissing, whyUnfit } from "./fitness";
import { reconcile } from "./reconcile";

type CalledModel = NonNullable<Awaited<ReturnType<typeof findCalledModel>>>;
type CalledVersion = NonNullable<Awaited<ReturnType<typeof findCalledVersion>>>;

const refused = (code: ErrorCode, message: string) => new AppError(code, message, { param: "model" });

const shown = ({ model, reference }: VersionName) => `${model.slice(0, 200)}@${reference.slice(0, 40)}`;

/** What is served since the registry was last looked at is registered first. */
async function findModel({ model, reference }: VersionName): Promise<CalledModel | undefined> {
  const { prisma } = await db();
  const found = await findCalledModel(prisma, model, reference);
  if (found) return found;
  await reconcile();
  return findCalledModel(prisma, model, reference);
}

/** A number is a version, anything else an alias. */
const isNumber = ({ reference }: VersionName) => /^[1-9]\d{0,6}$/.test(reference);

function numberOf(model: CalledModel, name: VersionName): number {
  const { reference } = name;
  if (isNumber(name)) return Number(reference);
  if (model.pointsTo !== undefined) return model.pointsTo;
  const asNumber = /^v([1-9]\d{0,6})$/.exec(reference)?.[1];
  const hint =
    asNumber === undefined
      ? "Nothing is called in its place."
      : `A version is called by its number alone: ${model.name.slice(0, 200)}@${asNumber}.`;
  throw refused("not_found", `${model.name} has no alias ${reference.slice(0, 40)}. ${hint}`);
}

/** @throws AppError `conflict` where calls do not reach what the version is made of. */
async function requireReached(
  name: VersionName,
  { number, servedAs, fingerprint }: CalledVersion,
): Promise<void> {
  const missing = whyMissing({ servedAs, fingerprint }, await findFingerprint(servedAs));
  if (missing === undefined) return;
  throw refused("conflict", `${shown(name)} means v${number}, which cannot be called: ${missing}.`);
}

/** What `model@alias` or `model@number` means at this moment. @throws AppError `not_found` or `conflict`; it never falls back. */
async function resolve(ctx: Context, name: VersionName): Promise<NamedVersion> {
  const model = await findModel(name);
  // In the same words for one that is not there and one that may not be known of.
  if (!model || !authorize(ctx.actor, "BROWSE", { kind: "registered-model", id: model.id }).allow) {
    throw refused(
      "not_found",
      `There is no registered model ${name.model.slice(0, 200)}, and nothing is served as ${shown(name)}.`,
    );
  }
  const number = numberOf(model, name);
  const version = await findCalledVersion((await db()).prisma, model.id, number);
  if (!version) {
    const why = number > 0 && number <= model.lastNumber ? "was deleted" : "does not exist";
    throw refused("not_found", `v${number} of ${model.name} ${why}.`);
  }
  const unfit = isNumber(name) ? whyDeprecated(version) : whyUnfit(model, version)?.why;
  if (unfit !== undefined) throw refused("conflict", `${shown(name)} cannot be called. ${unfit}`);
  await requireReached(name, version);
  return { servedAs: version.servedAs, model: model.name, number };
}

/** Aliases that a call could use now; what stands in the way of the others is told when they are called. */
async function findAliases(ctx: Context): Promise<CallableAlias[]> {
  const rows = await listCalledAliases((await db()).prisma);
  const callable = await Promise.all(
    rows.map(async ({ alias, movedAt, model, version }) => {
      const { servedAs, number, fingerprint } = version;
      const isVisible = authorize(ctx.actor, "BROWSE", {
        kind: "registered-model",
        id: model.id,
      }).allow;
      if (!isVisible || whyUnfit(model, version) !== undefined) return undefined;
      if ((await findFingerprint(servedAs)) !== fingerprint) return undefined;
      const deprecation = deprecationOf(model, version);
      return { id: `${model.name}@${alias}`, movedAt, servedAs, model: model.name, number, deprecation };
    }),
  );
  return callable.filter((alias) => alias !== undefined);
}

/** Lets calls name versions. */
export const calledVersions: NamedVersions = { resolve, findAliases, findDeprecations };
