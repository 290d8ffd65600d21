import { z } from "zod";

/** Accounts, keys and sessions are ACCOUNT_LEVEL, everything else is WORKSPACE_LEVEL. */
export const auditLevel = z.enum(["ACCOUNT_LEVEL", "WORKSPACE_LEVEL"]);
export type AuditLevel = z.infer<typeof auditLevel>;

/** Days; the database itself keeps younger rows whatever is set. */
export const leastDaysKept = 30;

const chainFault = z.object({
  kind: z.enum([
    "wrong_key",
    "not_chained",
    "changed_checkpoint",
    "changed_row",
    "missing_row",
    "inserted_row",
    "cut_tail",
    "other_history",
    "unreadable_anchor",
  ]),
  /** The first row concerned. */
  seq: z.number().int().nonnegative().nullable(),
  message: z.string(),
});
export type ChainFault = z.infer<typeof chainFault>;

/** What a verification of the whole chain found. */
export const chainReport = z.object({
  ok: z.boolean(),
  checkedAt: z.iso.datetime(),
  /** Rows whose MAC was right. */
  rows: z.number().int(),
  /** Where the chain ends now. */
  lastSeq: z.number().int(),
  /** Removed by retention up to here; 0 when nothing was. */
  removedThrough: z.number().int(),
  anchors: z.object({
    file: z.string(),
    checked: z.number().int(),
    /** The newest anchored row. */
    lastSeq: z.number().int().nullable(),
  }),
  /** Empty when all is well; the first one first. */
  faults: z.array(chainFault),
});
export type ChainReport = z.infer<typeof chainReport>;
