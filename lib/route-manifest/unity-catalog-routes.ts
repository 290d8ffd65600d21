import { each, needs, type RouteTable } from "./need";

const base = "/api/2.1/unity-catalog";

/** Unity Catalog's own interface. */
export const unityCatalogRoutes: RouteTable = {
  [`${base}/metastore_summary`]: { GET: needs("BROWSE", "metastore") },
  [`${base}/catalogs`]: { GET: each("BROWSE", "object"), POST: needs("CREATE CATALOG", "metastore") },
  [`${base}/catalogs/[name]`]: {
    GET: needs("BROWSE", "object"),
    PATCH: needs("MANAGE", "object"),
    DELETE: needs("MANAGE", "object"),
  },
  [`${base}/schemas`]: { GET: needs("BROWSE", "object"), POST: needs("CREATE SCHEMA", "object") },
  [`${base}/schemas/[name]`]: {
    GET: needs("BROWSE", "object"),
    PATCH: needs("MANAGE", "object"),
    DELETE: needs("MANAGE", "object"),
  },
  [`${base}/tables`]: { GET: needs("BROWSE", "object"), POST: needs("CREATE TABLE", "object") },
  [`${base}/tables/[name]`]: { GET: needs("BROWSE", "object"), DELETE: needs("MANAGE", "object") },
  [`${base}/volumes`]: { GET: needs("BROWSE", "object"), POST: needs("CREATE VOLUME", "object") },
  [`${base}/volumes/[name]`]: {
    GET: needs("BROWSE", "object"),
    PATCH: needs("MANAGE", "object"),
    DELETE: needs("MANAGE", "object"),
  },
  [`${base}/functions`]: { GET: needs("BROWSE", "object"), POST: needs("CREATE FUNCTION", "object") },
  [`${base}/functions/[name]`]: { GET: needs("BROWSE", "object"), DELETE: needs("MANAGE", "object") },
  [`${base}/models`]: { GET: needs("BROWSE", "object"), POST: needs("CREATE MODEL", "object") },
  [`${base}/models/[name]`]: {
    GET: needs("BROWSE", "registered-model"),
    PATCH: needs("MANAGE", "registered-model"),
    DELETE: needs("MANAGE", "registered-model"),
  },
  [`${base}/models/versions`]: { POST: needs("MANAGE", "registered-model") },
  [`${base}/models/[name]/versions`]: { GET: needs("BROWSE", "registered-model") },
  [`${base}/models/[name]/versions/[version]`]: {
    GET: needs("BROWSE", "registered-model"),
    DELETE: needs("MANAGE", "registered-model"),
  },
  [`${base}/policies`]: { POST: needs("MANAGE", "object") },
  [`${base}/policies/[on_securable_type]/[on_securable_fullname]`]: { GET: needs("MANAGE", "object") },
  [`${base}/policies/[on_securable_type]/[on_securable_fullname]/[name]`]: {
    GET: needs("MANAGE", "object"),
    PATCH: needs("MANAGE", "object"),
    DELETE: needs("MANAGE", "object"),
  },
  // Whoever may not grant there is shown what was granted to them.
  [`${base}/permissions/[securable_type]/[full_name]`]: {
    GET: needs("BROWSE", "object"),
    PATCH: needs("GRANT", "object"),
  },
  [`${base}/effective-permissions/[securable_type]/[full_name]`]: { GET: needs("BROWSE", "object") },
};
