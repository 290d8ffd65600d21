import type { Question } from "@/lib/access";

/** What a route asks its privilege on. */
export type RouteSecurable =
  | "metastore"
  /** All accounts and groups together. */
  | "accounts"
  | "account"
  /** Any object of the catalogue, by id or full name; for what is made, the place where it is to lie. */
  | "object"
  | "registered-model"
  /** The model that a call by this name reaches. */
  | "model"
  | "connection"
  | "prompt"
  /** A request to move an alias, known to whoever made it and to those who decide. */
  | "prompt-move"
  | "playground"
  | "snapshot"
  | "vote"
  | "key"
  | "session"
  | "audit-event"
  | "audit-search"
  | "access-request"
  /** An attribute-based policy, known to whoever manages what it is set on. */
  | "policy";

export type RouteMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

export type RouteNeed =
  /** Anybody, also without an account. */
  | { privilege: "public" }
  /** Whoever has an account; the answer holds nothing of anybody else. */
  | { privilege: "signed-in" }
  /** Only what is the caller's own is shown or touched. */
  | { privilege: "own"; securable: RouteSecurable }
  /** Refused without the privilege; a list (`each`) leaves out what it does not hold on instead. */
  | { privilege: Question; securable: RouteSecurable; each?: true };

/** By path, with parameters in brackets as the folders under app/ have them. */
export type RouteTable = Record<string, Partial<Record<RouteMethod, RouteNeed>>>;

export const open: RouteNeed = { privilege: "public" };
export const signedIn: RouteNeed = { privilege: "signed-in" };
export const own = (securable: RouteSecurable): RouteNeed => ({ privilege: "own", securable });
export const needs = (privilege: Question, securable: RouteSecurable): RouteNeed => ({
  privilege,
  securable,
});
export const each = (privilege: Question, securable: RouteSecurable): RouteNeed => ({
  privilege,
  securable,
  each: true,
});
