import type { CatalogObject, ObjectRef, TreePage } from "@/lib/catalog";
import type { MoveRequest, PromptDetail, PromptSummary, VersionSummary } from "@/lib/prompts";

export const at = "2026-11-21T09:11:00.000Z";
export const mira = { id: "usr_mira", name: "Mira" };
export const noor = { id: "usr_noor", name: "Noor" };

export const summary: PromptSummary = {
  id: "pmt_1",
  fullName: "main.support.ticket_summary",
  type: "chat",
  comment: "Summarises a ticket.",
  owner: mira,
  tags: { team: "support", checked: "" },
  lastNumber: 5,
  aliases: [
    { alias: "production", version: 3, isProtected: true },
    { alias: "staging", version: 5, isProtected: false },
    { alias: "canary", version: 4, isProtected: false },
    { alias: "pilot", version: 2, isProtected: false },
  ],
  changedAt: at,
  changedBy: noor,
  lastUsedAt: at,
  match: null,
};

export const bare: PromptSummary = {
  ...summary,
  id: "pmt_2",
  fullName: "main.support.tone",
  type: "text",
  owner: noor,
  tags: {},
  aliases: [],
  lastNumber: 1,
  changedBy: null,
  lastUsedAt: null,
  match: { before: "Answer in a ", match: "plain", after: " tone." },
};

export const nobodyWaits = { inbox: [], own: [], waiting: 0 };

const version = (number: number, message: string): VersionSummary => ({
  number,
  message,
  baseNumber: number === 1 ? null : number - 1,
  hash: "0".repeat(64),
  createdBy: noor,
  createdAt: at,
  aliases: [],
});

export const detail: PromptDetail = {
  id: summary.id,
  fullName: summary.fullName,
  name: "ticket_summary",
  type: "chat",
  comment: summary.comment,
  owner: mira,
  tags: {},
  revision: 1,
  createdBy: mira,
  createdAt: at,
  changedAt: at,
  lastNumber: 5,
  versions: [version(5, "Forbid promising dates"), version(4, "Shorter"), version(3, "Name the product")],
  aliases: [{ alias: "production", version: 3, updatedAt: at }],
  rules: [{ alias: "production", movers: [], approval: true }],
  rights: [{ alias: "production", move: true, request: false, decide: true }],
  draft: null,
  pending: 1,
  may: { execute: true, modify: true, manage: true, grant: true },
};

export const asked: MoveRequest = {
  id: "mov_1",
  prompt: { id: summary.id, fullName: summary.fullName },
  alias: "production",
  from: 3,
  to: 5,
  version: version(5, "Forbid promising dates"),
  why: "Dates were promised in 11 replies.",
  requestedBy: noor,
  requestedAt: at,
  state: "pending",
  decidedBy: null,
  decidedAt: null,
  decision: "",
  may: { decide: true, withdraw: false },
  isNew: false,
};

const ref = (id: string, kind: ObjectRef["kind"], fullName: string): ObjectRef => ({
  id,
  kind,
  name: fullName.split(".").at(-1) ?? fullName,
  fullName,
});
const page = (...refs: ObjectRef[]): TreePage => ({
  entries: refs.map((each) => ({ ...each, isBrowseOnly: false, comment: "" })),
  next: null,
});
const main = ref("cat_main", "catalog", "main");
const support = ref("sch_support", "schema", "main.support");
const archive = ref("sch_archive", "schema", "main.archive");

const schema = (own: ObjectRef, create: CatalogObject["may"]["create"]): CatalogObject => {
  const owner = { ...mira, kind: "user" as const, handle: "mira@desk.example", isActive: true };
  return {
    ...own,
    path: [main],
    owner,
    comment: "",
    properties: {},
    details: {},
    tags: [],
    createdBy: owner,
    createdAt: at,
    updatedBy: null,
    updatedAt: at,
    revision: 1,
    may: { manage: false, grant: false, tag: false, create, privileges: [] },
  };
};

/** Two schemas of one catalog: prompts may be made in the second alone, or in none. */
export const schemas = (inSupport = true) => ({
  "GET /api/catalog/objects": (_body: unknown, query: URLSearchParams) =>
    query.get("parent") === "cat_main" ? page(archive, support) : page(main),
  "GET /api/catalog/lookup": (_body: unknown, query: URLSearchParams) =>
    query.get("name") === "main.archive"
      ? schema(archive, ["table"])
      : schema(support, inSupport ? ["prompt"] : []),
  "GET /api/catalog/objects/sch_archive": schema(archive, ["table"]),
  "GET /api/catalog/objects/sch_support": schema(support, inSupport ? ["prompt"] : []),
});
