import { needs, open, own, type RouteTable } from "./need";

/** The server itself, its audit log, and the playground. */
export const workbenchRoutes: RouteTable = {
  "/api/health": { GET: open },
  "/api/system": { GET: needs("BROWSE", "metastore") },

  // Of one's own rows (`mine`) without it, and of one object (`securable`) with MANAGE on that.
  "/api/audit": { GET: needs("MANAGE", "metastore") },
  "/api/audit/counts": { GET: needs("MANAGE", "metastore") },
  "/api/audit/export": { GET: needs("MANAGE", "metastore") },
  "/api/audit/events/[id]": { GET: needs("MANAGE", "audit-event") },
  "/api/audit/chain": { GET: needs("MANAGE", "metastore"), POST: needs("MANAGE", "metastore") },
  "/api/audit/retention": { GET: needs("MANAGE", "metastore"), PUT: needs("MANAGE", "metastore") },
  "/api/audit/searches": { GET: own("audit-search"), POST: own("audit-search") },
  "/api/audit/searches/[id]": {
    PATCH: needs("MANAGE", "audit-search"),
    DELETE: needs("MANAGE", "audit-search"),
  },

  "/api/playground": { GET: own("playground"), POST: own("playground") },
  "/api/playground/[id]": {
    GET: needs("MANAGE", "playground"),
    PUT: needs("MANAGE", "playground"),
    DELETE: needs("MANAGE", "playground"),
  },
  "/api/playground/[id]/folder": { PUT: needs("MANAGE", "playground") },
  "/api/playground/[id]/restore": { POST: needs("MANAGE", "playground") },
  "/api/playground/folders": { GET: own("playground"), PUT: own("playground") },
  "/api/playground/import": { POST: own("playground") },
  "/api/playground/leaderboard": { GET: needs("BROWSE", "metastore") },
  "/api/playground/prompt-feedback": { GET: needs("EXECUTE", "prompt") },
  "/api/playground/snapshots": { GET: own("snapshot"), POST: own("snapshot") },
  // Whoever has the link may read it.
  "/api/playground/snapshots/[id]": { GET: needs("BROWSE", "snapshot"), DELETE: needs("MANAGE", "snapshot") },
  "/api/playground/votes": { GET: own("vote"), POST: needs("EXECUTE", "model") },
  "/api/playground/votes/[id]": { DELETE: needs("MANAGE", "vote") },
};
