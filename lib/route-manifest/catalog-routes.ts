import { each, needs, own, type RouteTable } from "./need";

/** Objects, grants on them and requests for them. */
export const catalogRoutes: RouteTable = {
  "/api/catalog/objects": {
    GET: each("BROWSE", "object"),
    POST: needs("CREATE SCHEMA", "object"),
  },
  "/api/catalog/objects/[id]": {
    GET: needs("BROWSE", "object"),
    PATCH: needs("MANAGE", "object"),
    DELETE: needs("MANAGE", "object"),
  },
  "/api/catalog/objects/[id]/contents": { GET: needs("MANAGE", "object") },
  "/api/catalog/objects/[id]/effective": { GET: needs("BROWSE", "object") },
  "/api/catalog/objects/[id]/grants": { GET: needs("BROWSE", "object") },
  "/api/catalog/objects/[id]/policies": { GET: needs("MANAGE", "object"), POST: needs("MANAGE", "object") },
  "/api/catalog/objects/[id]/reading": { GET: needs("BROWSE", "object") },
  "/api/catalog/policies/[id]": { PATCH: needs("MANAGE", "policy"), DELETE: needs("MANAGE", "policy") },
  "/api/catalog/objects/[id]/owner": { PUT: needs("GRANT", "object") },
  "/api/catalog/objects/[id]/restore": { POST: needs("MANAGE", "object") },
  "/api/catalog/objects/[id]/tags": { PATCH: needs("APPLY TAG", "object") },
  "/api/catalog/dropped": { GET: each("MANAGE", "object") },
  "/api/catalog/explain": { GET: needs("BROWSE", "object") },
  "/api/catalog/explain/all": { GET: needs("BROWSE", "object") },
  "/api/catalog/grants": { PATCH: needs("GRANT", "object") },
  "/api/catalog/grants/preview": { POST: needs("GRANT", "object") },
  "/api/catalog/lookup": { GET: needs("BROWSE", "object") },
  "/api/catalog/principals": { GET: needs("BROWSE", "metastore") },
  // Of oneself without it.
  "/api/catalog/principals/[id]/effective": { GET: needs("MANAGE", "metastore") },
  "/api/catalog/requests": { GET: own("access-request"), POST: own("access-request") },
  "/api/catalog/requests/[id]": { DELETE: needs("MANAGE", "access-request") },
  "/api/catalog/requests/[id]/effect": { GET: needs("GRANT", "access-request") },
  "/api/catalog/requests/[id]/decision": { PUT: needs("GRANT", "access-request") },
  "/api/catalog/requests/seen": { POST: own("access-request") },
};
