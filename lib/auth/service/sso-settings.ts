import "server-only";
import { env } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { allAccounts, type Context, requirePrivilege } from "../context";
import { reachIssuer } from "../issuer-reach";
import type { SsoSettings } from "../sso-schema";
import { countSsoMembers } from "../store/group-members";
import { findMappedGroups } from "../store/groups";
import { findClaimReport } from "./groups-claim";
import { hasSingleSignOn } from "./single-sign-on";

const names = [
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "OIDC_GROUPS_CLAIM",
  "OIDC_ADMIN_GROUP",
] as const;

function settings(): SsoSettings["settings"] {
  const values = env();
  return names.map((name) => ({
    name,
    // That there is a secret is all that anybody needs to know of it.
    value: name === "OIDC_CLIENT_SECRET" && values[name] ? "set" : (values[name] ?? null),
    fromEnvironment: Boolean(process.env[name]),
  }));
}

/** How people sign in through the identity provider, whether it answers now, and what its claim brings. */
export async function getSsoSettings(ctx: Context): Promise<SsoSettings> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  const { prisma } = await db();
  const { OIDC_ISSUER, baseUrl } = env();
  const groups = await findMappedGroups(prisma);
  const members = await countSsoMembers(prisma);
  const lastSignIn = await findClaimReport(prisma);
  return {
    configured: hasSingleSignOn(),
    settings: settings(),
    redirectUri: `${baseUrl}/api/auth/callback/oidc`,
    reach: OIDC_ISSUER ? await reachIssuer(OIDC_ISSUER) : null,
    groups: groups.map(({ id, name, externalName }) => ({
      id,
      name,
      externalName: externalName ?? "",
      members: members.get(id) ?? 0,
      last: lastSignIn?.groups[id] ?? null,
    })),
    lastSignIn,
  };
}
