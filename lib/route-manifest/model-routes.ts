import { each, needs, type RouteTable } from "./need";

/** Models: called, downloaded, registered; and the connections that bring some of them. */
export const modelRoutes: RouteTable = {
  "/v1/models": { GET: each("EXECUTE", "model") },
  "/v1/models/[model]": { GET: needs("EXECUTE", "model") },
  "/v1/chat/completions": { POST: needs("EXECUTE", "model") },
  "/v1/completions": { POST: needs("EXECUTE", "model") },
  "/v1/embeddings": { POST: needs("EXECUTE", "model") },

  "/api/invocations": { POST: needs("EXECUTE", "model") },
  "/api/models": { GET: each("EXECUTE", "model") },
  "/api/models/aliases": { GET: each("EXECUTE", "model") },
  "/api/models/local": { GET: needs("BROWSE", "metastore") },
  "/api/models/[name]": { DELETE: needs("MANAGE", "metastore") },
  "/api/models/[name]/load": { POST: needs("EXECUTE", "model") },
  "/api/models/[name]/files/[...path]": { GET: needs("EXECUTE", "model"), HEAD: needs("EXECUTE", "model") },
  "/api/models/hub": { GET: needs("MANAGE", "metastore"), PATCH: needs("MANAGE", "metastore") },
  "/api/models/imports": { POST: needs("MANAGE", "metastore") },
  "/api/models/repository": { POST: needs("MANAGE", "metastore") },
  "/api/models/downloads": { GET: needs("BROWSE", "metastore"), POST: needs("MANAGE", "metastore") },
  "/api/models/downloads/[name]": { DELETE: needs("MANAGE", "metastore") },
  "/api/models/downloads/[name]/pause": { POST: needs("MANAGE", "metastore") },
  "/api/models/downloads/[name]/resume": { POST: needs("MANAGE", "metastore") },

  "/api/models/registry": {
    GET: each("BROWSE", "registered-model"),
    POST: needs("CREATE MODEL", "metastore"),
  },
  "/api/models/registry/imports": { POST: needs("MANAGE", "metastore") },
  "/api/models/registry/model": { GET: needs("BROWSE", "registered-model") },
  "/api/models/registry/resolve": { GET: needs("BROWSE", "registered-model") },
  "/api/models/registry/[id]": {
    GET: needs("BROWSE", "registered-model"),
    PATCH: needs("MANAGE", "registered-model"),
    DELETE: needs("MANAGE", "registered-model"),
  },
  "/api/models/registry/[id]/usage": { GET: needs("BROWSE", "registered-model") },
  "/api/models/registry/[id]/dependents": { GET: needs("MANAGE", "registered-model") },
  "/api/models/registry/[id]/aliases": { GET: needs("BROWSE", "registered-model") },
  "/api/models/registry/[id]/aliases/[alias]": {
    PUT: needs("MANAGE", "registered-model"),
    DELETE: needs("MANAGE", "registered-model"),
  },
  "/api/models/registry/[id]/aliases/[alias]/undo": { POST: needs("MANAGE", "registered-model") },
  "/api/models/registry/[id]/versions": { POST: needs("MANAGE", "registered-model") },
  "/api/models/registry/[id]/versions/[number]": {
    PATCH: needs("MANAGE", "registered-model"),
    DELETE: needs("MANAGE", "registered-model"),
  },
  // Whoever may call a version may ask for its approval.
  "/api/models/registry/[id]/versions/[number]/approval": {
    POST: needs("EXECUTE", "registered-model"),
    PATCH: needs("MANAGE", "registered-model"),
  },
  "/api/models/registry/[id]/versions/[number]/card": { GET: needs("BROWSE", "registered-model") },
  "/api/models/registry/[id]/versions/[number]/dependents": { GET: needs("MANAGE", "registered-model") },
  "/api/models/registry/[id]/versions/[number]/license": { POST: needs("MANAGE", "registered-model") },
  "/api/models/registry/[id]/versions/[number]/metrics": { POST: needs("MANAGE", "registered-model") },

  "/api/connections": { GET: each("BROWSE", "connection"), POST: needs("CREATE CONNECTION", "metastore") },
  "/api/connections/test": { POST: needs("CREATE CONNECTION", "metastore") },
  "/api/connections/[id]": { PATCH: needs("MANAGE", "connection"), DELETE: needs("MANAGE", "connection") },
};
