import type { CatalogObject } from "@/lib/catalog";
import type { PromptFeedback, PromptSnapshot } from "@/lib/playground";
import type {
  AliasMoved,
  PromptContent,
  PromptDetail,
  PromptInvocation,
  PromptUsage,
  PromptVersion,
  VersionSummary,
} from "@/lib/prompts";
import { Refusal } from "../ui/server";

export const at = "2026-11-21T09:11:00.000Z";
export const mira = { id: "usr_mira", name: "Mira" };
export const noor = { id: "usr_noor", name: "Noor" };
export const fullName = "main.support.ticket_summary";
export const api = `/api/prompts/${fullName}`;

export const third: PromptContent & { type: "chat" } = {
  type: "chat",
  messages: [
    { role: "system", text: "You help support agents.\nAnswer in short sentences." },
    { placeholder: "history" },
    {
      role: "user",
      text: "Summarise this {{product}} ticket in a {{tone}} tone.\n\n<ticket>{{ticket}}</ticket>",
    },
  ],
  variables: [
    { name: "product", type: { type: "text" }, description: "Of the ticket" },
    { name: "tone", type: { type: "choice", options: ["calm", "brisk"] }, default: "calm", description: "" },
    { name: "ticket", type: { type: "text" }, description: "" },
  ],
  model: "support_chat",
  parameters: { temperature: 0.7 },
  responseFormat: null,
};

export const fifth: PromptContent & { type: "chat" } = {
  ...third,
  messages: third.messages.with(0, {
    role: "system",
    text: "You help support agents.\nAnswer in plain sentences.\nNever promise a date, a refund or a call back.",
  }),
  parameters: { temperature: 0.4, max_tokens: 400 },
};

const summary = (number: number, message: string, more: Partial<VersionSummary> = {}): VersionSummary => ({
  number,
  message,
  baseNumber: number === 1 ? null : number - 1,
  hash: String(number).repeat(64),
  createdBy: noor,
  createdAt: at,
  aliases: [],
  ...more,
});

export const summaries: VersionSummary[] = [
  summary(5, "Forbid promising dates", { aliases: ["staging"] }),
  summary(4, "Shorter reply, keep the ticket number"),
  summary(3, "Name the product in the summary", { aliases: ["production"], createdBy: mira }),
  summary(2, "Split summary from reply"),
  summary(1, "First version", { createdBy: null }),
];

export const versionOf = (number: number, content: PromptContent): PromptVersion => ({
  ...(summaries.find((one) => one.number === number) ?? summary(number, `Change ${number}`)),
  content,
});

export const prompt: PromptDetail = {
  id: "pmt_1",
  fullName,
  name: "ticket_summary",
  type: "chat",
  comment: "Summarises a ticket for the next agent",
  owner: mira,
  tags: { team: "support" },
  revision: 2,
  createdBy: mira,
  createdAt: at,
  changedAt: at,
  lastNumber: 5,
  versions: summaries,
  aliases: [
    { alias: "production", version: 3, updatedAt: at },
    { alias: "staging", version: 5, updatedAt: at },
  ],
  rules: [{ alias: "production", movers: [{ ...mira, kind: "user" }], approval: false }],
  rights: [
    { alias: "production", move: true, request: false, decide: true },
    { alias: "staging", move: true, request: false, decide: true },
  ],
  draft: null,
  pending: 0,
  may: { execute: true, modify: true, manage: true, grant: true },
};

export const moves: AliasMoved[] = [
  {
    id: "9",
    alias: "production",
    from: 2,
    to: 3,
    why: "Product names were missing",
    by: mira,
    at,
    undoes: null,
    requestedBy: noor,
    isLast: true,
    mayUndo: true,
  },
  {
    id: "8",
    alias: "staging",
    from: 4,
    to: 5,
    why: "",
    by: noor,
    at,
    undoes: null,
    requestedBy: null,
    isLast: true,
    mayUndo: false,
  },
];

export const invocation: PromptInvocation = {
  id: "inv_1",
  version: 3,
  alias: "production",
  model: "support_chat",
  by: noor,
  at,
  outcome: "ok",
  durationMs: 812,
  outputTokens: 131,
  cost: 0.00098,
  variables: { product: "Lamp", ticket: "It hums." },
};

export const usage: PromptUsage = {
  days: 30,
  versions: [
    {
      version: 5,
      calls: 200,
      failed: 0,
      latencyMs: { p50: 640, p95: 1_200 },
      inputTokens: 25_600,
      outputTokens: 18_400,
      cost: 0.142,
      lastAt: at,
      fetches: 0,
      fetchedAt: null,
    },
    {
      version: 3,
      calls: 1_000,
      failed: 4,
      latencyMs: { p50: 812, p95: 12_400 },
      inputTokens: 118_000,
      outputTokens: 131_000,
      cost: null,
      lastAt: at,
      fetches: 12_400,
      fetchedAt: at,
    },
  ],
  includedIn: [{ fullName: "main.support.reply", version: 2 }],
  invocations: [invocation, { ...invocation, id: "inv_2", outcome: "error", variables: null }],
};

export const feedback: PromptFeedback = {
  versions: [
    { version: 5, won: 7, lost: 2, tied: 1, bad: 0 },
    { version: 2, won: 0, lost: 1, tied: 0, bad: 2 },
  ],
};

export const snapshots: PromptSnapshot[] = [
  { id: "snap_1", sessionId: null, title: "Two tones of one ticket", createdAt: at, versions: [5, 3] },
];

export const object: CatalogObject = {
  id: prompt.id,
  kind: "prompt",
  name: prompt.name,
  fullName,
  path: [
    { id: "cat_main", kind: "catalog", name: "main", fullName: "main" },
    { id: "sch_support", kind: "schema", name: "support", fullName: "main.support" },
  ],
  owner: { ...mira, kind: "user", handle: "mira@desk.example", isActive: true },
  comment: prompt.comment,
  properties: {},
  details: {},
  tags: [],
  createdBy: null,
  createdAt: at,
  updatedBy: null,
  updatedAt: at,
  revision: 2,
  may: { manage: true, grant: true, tag: true, create: [], privileges: ["EXECUTE", "MODIFY", "MANAGE"] },
};

/** Everything that the page of a prompt reads. */
export const routes = (detail: PromptDetail = prompt): Record<string, unknown> => ({
  [`GET ${api}/detail`]: detail,
  [`GET ${api}/versions/5`]: versionOf(5, fifth),
  [`GET ${api}/versions/3`]: versionOf(3, third),
  [`GET ${api}/draft`]: () => Response.json(null),
  [`GET ${api}/aliases`]: moves,
  [`GET ${api}/usage`]: usage,
  "GET /api/playground/prompt-feedback": (_: unknown, query: URLSearchParams) =>
    query.get("prompt") === fullName ? feedback : new Refusal(404, "not_found", "Another prompt."),
  "GET /api/playground/snapshots": (_: unknown, query: URLSearchParams) =>
    query.get("prompt") === fullName ? snapshots : [],
  "GET /api/catalog/objects/pmt_1": object,
  "GET /api/catalog/objects/pmt_1/grants": { entries: [], isWhole: true },
  "GET /api/models": [],
  "GET /api/models/aliases": [],
});
