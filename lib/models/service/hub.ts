import "server-only";
import { record } from "@/lib/audit/server";
import { auditContext, type Context, openSecret, requirePrivilege, sealSecret } from "@/lib/auth/server";
import { safeDispatcher } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { variantsOf } from "../files";
import { getRepository, repositoryOf } from "../hub";
import { type HubAccess, normalisedHub } from "../hub-http";
import {
  defaultHub,
  type HubPatch,
  type HubRepository,
  type HubSettings,
  type RepositoryQuery,
} from "../schema";
import { findHub, type StoredHub, saveHub } from "../store";
import { variantName } from "./names";

/** Where the token is sealed for: a row copied elsewhere does not open there. */
const tokenPlace = "setting:models.hub:token";

export async function audit(
  tx: Tx,
  ctx: Context,
  action: string,
  params: Record<string, unknown>,
): Promise<void> {
  await record(tx, auditContext(ctx), { service: "models", action, params, status: 200 });
}

function shown(stored: StoredHub): HubSettings {
  return {
    address: stored.address ?? defaultHub,
    tokenLast4: stored.tokenLast4 ?? null,
    quotaBytes: stored.quotaBytes ?? null,
  };
}

/** The hub's address and whether a token is stored. */
export async function getHub(ctx: Context): Promise<HubSettings> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  return shown(await findHub());
}

/** Changes the hub; the token was given for its address and goes with it. @throws AppError `forbidden` or `unprocessable`. */
export async function updateHub(ctx: Context, patch: HubPatch): Promise<HubSettings> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const address = patch.address === undefined ? undefined : normalisedHub(patch.address);
  return (await db()).write(async (tx) => {
    const before = await findHub(tx);
    const isMoved = address !== undefined && address !== (before.address ?? defaultHub);
    const after: StoredHub = { ...before, ...(address === undefined ? {} : { address }) };
    if (patch.quotaBytes !== undefined) after.quotaBytes = patch.quotaBytes;
    if (isMoved || patch.token === null) {
      delete after.token;
      delete after.tokenLast4;
    }
    if (typeof patch.token === "string") {
      after.token = sealSecret(patch.token, tokenPlace);
      // A short token's last four characters would be most of it.
      after.tokenLast4 = patch.token.length >= 12 ? patch.token.slice(-4) : "****";
    }
    await saveHub(tx, after);
    const lost = before.token !== undefined && after.token === undefined;
    await audit(tx, ctx, "updateHub", {
      address: after.address ?? defaultHub,
      ...(isMoved ? { from: before.address ?? defaultHub } : {}),
      quotaBytes: after.quotaBytes ?? null,
      credential: typeof patch.token === "string" ? "replaced" : lost ? "removed" : "kept",
    });
    return shown(after);
  });
}

/** The configured hub with its token; the token of another address is not used. */
export async function hubAccess(address?: string): Promise<HubAccess> {
  const stored = await findHub();
  const configured = stored.address ?? defaultHub;
  const token = stored.token && (address ?? configured) === configured;
  return {
    address: address ?? configured,
    dispatcher: safeDispatcher(),
    ...(token ? { token: openSecret(stored.token, tokenPlace) } : {}),
  };
}

/** What the hub has of a repository now. It is asked because somebody wants to know, never by itself. */
export async function checkRepository(ctx: Context, query: RepositoryQuery): Promise<HubRepository> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const hub = await hubAccess();
  const { revision = "main" } = query;
  await (await db()).writeBatched((tx) =>
    audit(tx, ctx, "checkRepository", { hub: hub.address, repository: query.repository, revision }),
  );
  const repository = repositoryOf(query.repository);
  const found = await getRepository(hub, repository, revision, ctx.signal);
  return {
    repository,
    sha: found.sha,
    license: found.license,
    gated: found.gated,
    variants: variantsOf(found.files).map(({ dtype, bytes, files }) => ({
      dtype,
      bytes,
      files: files.length,
      name: variantName(repository, dtype),
    })),
  };
}
