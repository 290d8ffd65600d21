import "server-only";
import type { z } from "zod";
import { metastoreId } from "@/lib/access";
import { findPrincipal } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import type { CatalogObject, GrantEntry } from "@/lib/catalog";
import { changeGrants, getGrants, getObject, getObjectByName } from "@/lib/catalog/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { type PermissionChanges, type permissionQuery, securableType, securableTypes } from "../schema";

/** Where the permissions stand, and how the caller writes privileges. */
export interface PermissionsOf {
  securable_type: string;
  full_name: string;
}

type Spelling = "underscores" | "spaces";

/**
 * The clients generated from the open specification know privileges with spaces and fail on others; all others
 * expect underscores, as the REST reference writes them.
 */
export function spellingFor(headers: Headers): Spelling {
  return headers.get("user-agent")?.startsWith("OpenAPI-Generator/") ? "spaces" : "underscores";
}

const spelled = (privilege: string, spelling: Spelling) =>
  spelling === "spaces" ? privilege : privilege.replaceAll(" ", "_");

function objectOf(ctx: Context, { securable_type, full_name }: PermissionsOf): Promise<CatalogObject> {
  const kind = securableTypes[parseInput(securableType, securable_type)];
  if (kind === "metastore") return getObject(ctx, metastoreId);
  return getObjectByName(ctx, { name: full_name, kind });
}

type Query = z.output<typeof permissionQuery>;

function byPrincipal(entries: readonly GrantEntry[], { principal }: Query): [string, GrantEntry[]][] {
  const found = new Map<string, GrantEntry[]>();
  for (const entry of entries) {
    const { handle } = entry.principal;
    if (principal !== undefined && handle !== principal) continue;
    found.set(handle, [...(found.get(handle) ?? []), entry]);
  }
  return [...found];
}

/** What was granted on the object itself: all of it for whoever may grant there, else what concerns the caller. */
export async function getPermissions(ctx: Context, of: PermissionsOf, query: Query, spelling: Spelling) {
  const { entries } = await getGrants(ctx, (await objectOf(ctx, of)).id);
  const own = byPrincipal(
    entries.filter(({ isInherited }) => !isInherited),
    query,
  );
  return {
    privilege_assignments: own.map(([principal, grants]) => ({
      principal,
      privileges: grants.map(({ privilege }) => spelled(privilege, spelling)),
    })),
  };
}

/** The same with what is inherited, each with where it was granted. */
export async function getEffectivePermissions(
  ctx: Context,
  of: PermissionsOf,
  query: Query,
  spelling: Spelling,
) {
  const { entries } = await getGrants(ctx, (await objectOf(ctx, of)).id);
  return {
    privilege_assignments: byPrincipal(entries, query).map(([principal, grants]) => ({
      principal,
      privileges: grants.map(({ privilege, isInherited, at }) => ({
        privilege: spelled(privilege, spelling),
        ...(isInherited
          ? { inherited_from_type: at.kind.toUpperCase(), inherited_from_name: at.fullName }
          : {}),
      })),
    })),
  };
}

async function idOf(handle: string): Promise<string> {
  const principal = await findPrincipal((await db()).prisma, handle);
  if (principal) return principal.id;
  throw new AppError("not_found", "There is no such user, service principal or group.");
}

/** Grants and revokes, all of it or nothing, and answers what is granted now. */
export async function updatePermissions(
  ctx: Context,
  of: PermissionsOf,
  { changes }: PermissionChanges,
  spelling: Spelling,
) {
  const object = await objectOf(ctx, of);
  const named = await Promise.all(
    changes.map(async ({ principal, add, remove }) => ({
      principalId: await idOf(principal),
      add: add ?? [],
      remove: remove ?? [],
    })),
  );
  await changeGrants(ctx, { objectIds: [object.id], changes: named });
  return getPermissions(ctx, of, {}, spelling);
}
