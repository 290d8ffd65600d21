import { z } from "zod";
import { aliasName, versionNumber } from "./alias";
import { person, versionSummary } from "./schema";

const why = z.string().trim().max(500, "Use 500 characters or fewer.");

/** `from` is where the alias stood when it was decided to move it; null: nowhere. `If-Match: "3"` says the same. */
export const aliasMove = z.strictObject({
  version: versionNumber,
  from: versionNumber.nullable(),
  why: why.default(""),
});
export type AliasMove = z.input<typeof aliasMove>;

export const aliasRemoval = z.strictObject({ from: versionNumber, why: why.default("") });
export type AliasRemoval = z.input<typeof aliasRemoval>;

export const aliasUndo = z.strictObject({ move: z.string().regex(/^\d{1,18}$/) });

/** Protects an alias. Without movers whoever may manage the prompt moves it. */
export const aliasRuleInput = z.strictObject({
  movers: z.array(z.string().min(1).max(100)).max(50),
  approval: z.boolean(),
});
export type AliasRuleInput = z.input<typeof aliasRuleInput>;

/** One entry of the history of aliases. */
export const aliasMoved = z.object({
  id: z.string(),
  alias: z.string(),
  from: versionNumber.nullable(),
  to: versionNumber.nullable(),
  why: z.string(),
  by: person,
  at: z.iso.datetime(),
  /** The entry it took back. */
  undoes: z.string().nullable(),
  /** Who asked for it, where it was approved. */
  requestedBy: person.nullable(),
  /** The last one of its alias. */
  isLast: z.boolean(),
  /** The reader may take it back. */
  mayUndo: z.boolean(),
});
export type AliasMoved = z.infer<typeof aliasMoved>;

export const moveStates = ["pending", "approved", "rejected", "withdrawn"] as const;

/** A request to move a protected alias. */
export const moveRequest = z.object({
  id: z.string(),
  prompt: z.object({ id: z.string(), fullName: z.string() }),
  alias: aliasName,
  from: versionNumber.nullable(),
  to: versionNumber,
  /** What is asked for, for the dialog; null where the reader may not see it any more. */
  version: versionSummary.nullable(),
  why: z.string(),
  requestedBy: person,
  requestedAt: z.iso.datetime(),
  state: z.enum(moveStates),
  decidedBy: person.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decision: z.string(),
  /** The reader may decide it, or, as its author, withdraw it. */
  may: z.object({ decide: z.boolean(), withdraw: z.boolean() }),
  /** A decision on one's own that one has not looked at. */
  isNew: z.boolean(),
});
export type MoveRequest = z.infer<typeof moveRequest>;

export const moveRequestLists = z.object({
  inbox: z.array(moveRequest),
  own: z.array(moveRequest),
  waiting: z.number().int(),
});
export type MoveRequestLists = z.infer<typeof moveRequestLists>;

export const moveDecision = z.strictObject({
  decision: z.enum(["approve", "reject", "withdraw"]),
  comment: why.default(""),
});
export type MoveDecision = z.input<typeof moveDecision>;
