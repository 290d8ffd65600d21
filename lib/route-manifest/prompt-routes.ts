import { each, needs, own, type RouteTable } from "./need";

/** The prompt library: prompts by full name, their versions, drafts and aliases, and requests to move these. */
export const promptRoutes: RouteTable = {
  "/api/prompts": { GET: each("BROWSE", "prompt"), POST: needs("CREATE PROMPT", "object") },
  "/api/prompts/[name]": { GET: needs("EXECUTE", "prompt") },
  "/api/prompts/[name]/detail": { GET: needs("BROWSE", "prompt") },
  "/api/prompts/[name]/render": { POST: needs("EXECUTE", "prompt") },
  "/api/prompts/[name]/usage": { GET: needs("BROWSE", "prompt") },
  "/api/prompts/[name]/versions": { GET: needs("BROWSE", "prompt"), POST: needs("MODIFY", "prompt") },
  "/api/prompts/[name]/versions/[number]": { GET: needs("EXECUTE", "prompt") },
  "/api/prompts/[name]/draft": {
    GET: needs("MODIFY", "prompt"),
    PUT: needs("MODIFY", "prompt"),
    DELETE: needs("MODIFY", "prompt"),
  },
  "/api/prompts/[name]/draft/merge": { GET: needs("MODIFY", "prompt"), POST: needs("MODIFY", "prompt") },
  "/api/prompts/[name]/invocations/[id]": { GET: needs("EXECUTE", "prompt") },
  "/api/prompts/[name]/aliases": { GET: needs("BROWSE", "prompt") },
  // Without a rule of the alias; a rule names who may, whatever else they may.
  "/api/prompts/[name]/aliases/[alias]": {
    PUT: needs("MANAGE", "prompt"),
    DELETE: needs("MANAGE", "prompt"),
  },
  "/api/prompts/[name]/aliases/[alias]/undo": { POST: needs("MANAGE", "prompt") },
  "/api/prompts/[name]/aliases/[alias]/requests": { POST: needs("MODIFY", "prompt") },
  "/api/prompts/[name]/aliases/[alias]/rule": {
    PUT: needs("MANAGE", "prompt"),
    DELETE: needs("MANAGE", "prompt"),
  },
  // Of one prompt it asks; of many it leaves out.
  "/api/prompt-files/export": { GET: each("EXECUTE", "prompt") },
  // File by file: what may not be made or changed is told as refused, beside what may.
  "/api/prompt-files/import": { POST: each("MODIFY", "prompt") },
  "/api/prompt-moves": { GET: own("prompt-move") },
  "/api/prompt-moves/[id]": { PUT: needs("MANAGE", "prompt-move") },
  "/api/prompt-moves/seen": { POST: own("prompt-move") },
};
