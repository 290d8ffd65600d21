import "server-only";
import type { z } from "zod";
import { findPrincipal } from "@/lib/access/server";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { type AttributePolicy, type PolicyChange, policyChange, policyCreation } from "@/lib/catalog";
import {
  createPolicy as createInCatalog,
  deletePolicy as deleteInCatalog,
  getObjectByName,
  getPolicies,
  updatePolicy as updateInCatalog,
} from "@/lib/catalog/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import {
  type PolicyCreationInfo,
  type PolicyPath,
  type PolicyUpdateInfo,
  type policyPage,
  policyUpdateInfo,
  readPolicyType,
} from "../policy-schema";
import { nextPage, readPage } from "./pages";

const types = { row_filter: "POLICY_TYPE_ROW_FILTER", column_mask: "POLICY_TYPE_COLUMN_MASK" } as const;

type Info = Omit<PolicyUpdateInfo, "name" | "policy_type" | "to_principals"> &
  Required<Pick<PolicyCreationInfo, "name" | "policy_type" | "to_principals">>;

/** A policy in the words in which it is set. */
function infoOf({ name, comment, to, except, definition, function: applies }: AttributePolicy): Info {
  const { type, when, match, onColumn, using } = definition;
  const applied = { function_name: applies?.fullName ?? "", ...(using.length > 0 ? { using } : {}) };
  return {
    name,
    for_securable_type: "TABLE",
    policy_type: types[type],
    to_principals: to.map(({ handle }) => handle),
    ...(except.length > 0 ? { except_principals: except.map(({ handle }) => handle) } : {}),
    ...(when === null ? {} : { when_condition: when }),
    ...(match.length > 0 ? { match_columns: match } : {}),
    ...(type === "row_filter"
      ? { row_filter: applied }
      : { column_mask: { ...applied, on_column: onColumn ?? "" } }),
    ...(comment === "" ? {} : { comment }),
  };
}

function toPolicy(policy: AttributePolicy) {
  const { id, on, createdAt, createdBy, updatedAt, updatedBy } = policy;
  return {
    id,
    on_securable_type: on.kind.toUpperCase(),
    on_securable_fullname: on.fullName,
    ...infoOf(policy),
    created_at: Date.parse(createdAt),
    created_by: createdBy.handle,
    updated_at: Date.parse(updatedAt),
    updated_by: (updatedBy ?? createdBy).handle,
  };
}

async function objectAt(ctx: Context, { on_securable_type, on_securable_fullname }: PolicyPath) {
  const kind = parseInput(readPolicyType, on_securable_type);
  return getObjectByName(ctx, { name: on_securable_fullname, kind });
}

async function idsOf(handles: readonly string[]): Promise<string[]> {
  const { prisma } = await db();
  return Promise.all(
    handles.map(async (handle) => {
      const principal = await findPrincipal(prisma, handle);
      if (!principal) throw new AppError("not_found", "There is no such user, service principal or group.");
      return principal.id;
    }),
  );
}

const functionId = async (ctx: Context, name: string) =>
  (await getObjectByName(ctx, { name, kind: "function" })).id;

/** The policy as the catalogue takes it. @throws AppError `invalid` where type and options do not agree */
async function factsOf(ctx: Context, info: Info) {
  const isMask = info.policy_type === "POLICY_TYPE_COLUMN_MASK";
  const applied = isMask ? info.column_mask : info.row_filter;
  if (!applied || (isMask ? info.row_filter : info.column_mask)) {
    throw new AppError(
      "invalid",
      `A ${info.policy_type} has ${isMask ? "column_mask" : "row_filter"} alone.`,
    );
  }
  return {
    name: info.name,
    to: await idsOf(info.to_principals),
    except: await idsOf(info.except_principals ?? []),
    comment: info.comment ?? "",
    definition: {
      type: isMask ? ("column_mask" as const) : ("row_filter" as const),
      when: info.when_condition || null,
      match: info.match_columns ?? [],
      functionId: await functionId(ctx, applied.function_name),
      onColumn: isMask ? (info.column_mask?.on_column ?? null) : null,
      using: applied.using ?? [],
    },
  };
}

/** Sets a policy on a catalog, schema or table. */
export async function createPolicy(ctx: Context, info: PolicyCreationInfo) {
  const { id } = await objectAt(ctx, info);
  // Before anything else is looked up: whoever does not manage it learns nothing from this.
  requirePrivilege(ctx, "MANAGE", { id });
  const facts = await factsOf(ctx, info);
  return toPolicy(await createInCatalog(ctx, id, parseInput(policyCreation, facts)));
}

/** Policies on the object, on request with those of what it lies in. */
export async function findPolicies(ctx: Context, path: PolicyPath, query: z.output<typeof policyPage>) {
  const { entries } = await getPolicies(ctx, (await objectAt(ctx, path)).id);
  const wanted = entries.filter(
    ({ isInherited }) => !isInherited || query.include_inherited?.toLowerCase() === "true",
  );
  const { limit, cursor } = readPage(query);
  const start = cursor === undefined ? 0 : wanted.findIndex(({ id }) => id === cursor) + 1;
  const shown = wanted.slice(start, start + limit);
  const isLast = start + limit >= wanted.length;
  return { policies: shown.map(toPolicy), ...nextPage(isLast ? null : (shown.at(-1)?.id ?? null)) };
}

async function policyAt(ctx: Context, path: PolicyPath, name: string): Promise<AttributePolicy> {
  const { entries } = await getPolicies(ctx, (await objectAt(ctx, path)).id);
  const found = entries.find((each) => !each.isInherited && each.name === name);
  if (!found) throw new AppError("not_found", "There is no such policy.");
  return found;
}

export async function getPolicy(ctx: Context, path: PolicyPath & { name: string }) {
  return toPolicy(await policyAt(ctx, path, path.name));
}

/** Fields that a mask names and the body lacks are cleared. @throws AppError `invalid` for what is no field, or is needed */
function masked(info: PolicyUpdateInfo, mask: string | undefined): PolicyUpdateInfo {
  if (!mask || mask === "*") return info;
  const values: Partial<Record<string, unknown>> = info;
  const fields = mask.split(",").map((field) => field.trim());
  return parseInput(
    policyUpdateInfo,
    Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
  );
}

/** Changes what the body or the mask names; options are replaced as a whole. */
export async function updatePolicy(
  ctx: Context,
  path: PolicyPath & { name: string },
  info: PolicyUpdateInfo,
  { update_mask }: { update_mask?: string | undefined },
) {
  const before = await policyAt(ctx, path, path.name);
  const known = infoOf(before);
  const { name, policy_type, to_principals, ...change } = masked(info, update_mask);
  const isOther = policy_type !== undefined && policy_type !== known.policy_type;
  const facts = await factsOf(ctx, {
    ...known,
    ...(isOther ? { row_filter: null, column_mask: null } : {}),
    ...change,
    name: name ?? known.name,
    policy_type: policy_type ?? known.policy_type,
    to_principals: to_principals ?? known.to_principals,
  });
  const next: PolicyChange = { ...facts, revision: before.revision };
  return toPolicy(await updateInCatalog(ctx, before.id, parseInput(policyChange, next)));
}

export async function deletePolicy(ctx: Context, path: PolicyPath & { name: string }) {
  await deleteInCatalog(ctx, (await policyAt(ctx, path, path.name)).id);
  return {};
}
