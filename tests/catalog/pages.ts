import type { CatalogObject, Effect, GrantEntry, ObjectRef, PrincipalRef, TreeEntry } from "@/lib/catalog";

export const at = "2026-11-09T09:11:00.000Z";
export const mira: PrincipalRef = {
  id: "usr_1",
  kind: "user",
  name: "Mira",
  handle: "mira@desk.example",
  isActive: true,
};
export const tove: PrincipalRef = { ...mira, id: "usr_2", name: "Tove", handle: "tove@desk.example" };
export const contractors: PrincipalRef = {
  id: "grp_1",
  kind: "group",
  name: "contractors",
  handle: "contractors",
  isActive: true,
  members: 14,
};
export const everybody: PrincipalRef = {
  ...contractors,
  id: "all_users",
  name: "all_users",
  handle: "all_users",
};

export const main: ObjectRef = { id: "cat_main", kind: "catalog", name: "main", fullName: "main" };
export const support: ObjectRef = {
  id: "sch_support",
  kind: "schema",
  name: "support",
  fullName: "main.support",
};
export const ticketsRef: ObjectRef = {
  id: "tbl_1",
  kind: "table",
  name: "tickets",
  fullName: "main.support.tickets",
};

export const tickets: CatalogObject = {
  ...ticketsRef,
  path: [main, support],
  owner: mira,
  comment: "One row per customer ticket",
  properties: { source: "nightly_sync" },
  details: {},
  tags: [{ part: "", key: "pii", value: "e-mail" }],
  createdBy: mira,
  createdAt: at,
  updatedBy: null,
  updatedAt: at,
  revision: 3,
  may: { manage: true, grant: true, tag: true, create: [], privileges: ["SELECT", "BROWSE"] },
};

export const grants: GrantEntry[] = [
  {
    principal: everybody,
    privilege: "BROWSE",
    at: main,
    isInherited: true,
    grantedBy: mira,
    grantedAt: at,
  },
  {
    principal: contractors,
    privilege: "SELECT",
    at: ticketsRef,
    isInherited: false,
    grantedBy: mira,
    grantedAt: at,
  },
  {
    principal: contractors,
    privilege: "MODIFY",
    at: ticketsRef,
    isInherited: false,
    grantedBy: mira,
    grantedAt: at,
  },
];

export const noEffect: Effect = {
  principals: [],
  gains: [],
  losses: [],
  stillLacking: [],
  unchanged: 0,
  people: 0,
  isComplete: true,
};

export const entry = (ref: ObjectRef, more: Partial<TreeEntry> = {}): TreeEntry => ({
  ...ref,
  comment: "",
  isBrowseOnly: false,
  ...more,
});
