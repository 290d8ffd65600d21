import { needs, open, own, type RouteTable, signedIn } from "./need";

/** People, service principals, groups, and what signs them in. */
export const principalRoutes: RouteTable = {
  "/api/auth/[...nextauth]": { GET: open, POST: open },
  "/api/setup": { GET: open, POST: open },
  "/api/invites/accept": { POST: open },
  "/api/me": { GET: signedIn },
  "/api/sso": { GET: needs("MANAGE", "accounts") },

  "/api/users": { GET: needs("BROWSE", "accounts"), POST: needs("MANAGE", "accounts") },
  "/api/users/[id]": { GET: needs("BROWSE", "account"), PATCH: needs("MANAGE", "account") },
  "/api/users/[id]/reset": { POST: needs("MANAGE", "account") },
  "/api/service-principals": { GET: needs("BROWSE", "accounts"), POST: needs("MANAGE", "accounts") },
  "/api/service-principals/[id]": {
    GET: needs("BROWSE", "account"),
    PATCH: needs("MANAGE", "account"),
    DELETE: needs("MANAGE", "account"),
  },
  "/api/service-principals/[id]/keys": { POST: needs("MANAGE", "account") },
  "/api/principals/[id]/keys": { GET: needs("MANAGE", "account") },
  "/api/principals/[id]/revocation": { GET: needs("MANAGE", "account"), POST: needs("MANAGE", "account") },
  "/api/principals/[id]/sessions": { GET: needs("MANAGE", "account"), DELETE: needs("MANAGE", "account") },
  "/api/groups": { GET: needs("BROWSE", "accounts"), POST: needs("MANAGE", "accounts") },
  "/api/groups/[id]": {
    GET: needs("BROWSE", "accounts"),
    PATCH: needs("MANAGE", "accounts"),
    DELETE: needs("MANAGE", "accounts"),
  },
  "/api/groups/[id]/members": { POST: needs("MANAGE", "accounts"), DELETE: needs("MANAGE", "accounts") },

  "/api/keys": { GET: own("key"), POST: own("key") },
  "/api/keys/all": { GET: needs("MANAGE", "accounts") },
  "/api/keys/[id]": { DELETE: needs("MANAGE", "key") },
  "/api/sessions": { GET: own("session"), DELETE: own("session") },
  "/api/sessions/all": { GET: needs("MANAGE", "accounts") },
  "/api/sessions/[id]": { DELETE: needs("MANAGE", "session") },
};
