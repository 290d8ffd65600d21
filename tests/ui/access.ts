import type { Effect } from "@/lib/catalog";

export const at = "2026-11-18T09:11:00.000Z";
export const reader = { id: "usr_mira", email: "mira@desk.example", name: "Mira", admin: true };
export const mira = {
  id: reader.id,
  kind: "user" as const,
  name: "Mira",
  handle: reader.email,
  isActive: true,
};
export const noor = {
  id: "usr_noor",
  kind: "user" as const,
  name: "Noor",
  handle: "noor@desk.example",
  isActive: true,
};
export const main = { id: "cat_main", kind: "catalog" as const, name: "main", fullName: "main" };
export const support = {
  id: "sch_support",
  kind: "schema" as const,
  name: "support",
  fullName: "main.support",
};
export const tickets = {
  id: "tbl_1",
  kind: "table" as const,
  name: "tickets",
  fullName: "main.support.tickets",
};
export const effect: Effect = {
  principals: [],
  gains: [{ person: noor, privileges: ["SELECT"], objects: 1, sample: [tickets.fullName] }],
  losses: [],
  stillLacking: [],
  unchanged: 0,
  people: 1,
  isComplete: true,
};
export const none = { inbox: [], own: [], waiting: 0 };
export const around = {
  "GET /api/catalog/requests": none,
  "GET /api/catalog/principals": [noor],
  "GET /api/catalog/objects": { entries: [], next: null },
};
