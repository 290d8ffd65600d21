import { z } from "zod";
import { auditLevel, chainReport, leastDaysKept } from "@/lib/audit";

const instant = z.iso.datetime();
const short = z.string().trim().min(1).max(320);

export const outcomes = ["allowed", "refused", "failed"] as const;
export type Outcome = (typeof outcomes)[number];

/** Allowed below 400, refused below 500 (4xx), failed from there (5xx). */
export function outcomeOf(status: number): Outcome {
  if (status < 400) return "allowed";
  return status < 500 ? "refused" : "failed";
}

/** What rows are narrowed to; a view of the audit page is such a filter in its address. */
export const auditFilter = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  /** Beginning of an e-mail address or another identity. */
  person: short.optional(),
  /** "service" or "service.action". */
  action: z
    .string()
    .regex(/^[\w-]{1,60}(\.[\w-]{1,60})?$/, "Write a service, or service.action.")
    .optional(),
  outcome: z.enum(outcomes).optional(),
  /** Beginning of an object's full name, such as main.support. */
  object: short.optional(),
  /** Anywhere in action, person, object, parameters or error. */
  text: z.string().trim().min(1).max(200).optional(),
  request: z.string().trim().min(1).max(100).optional(),
  /** Id of the object it was done to, whatever it is called by now. */
  securable: z.string().min(1).max(200).optional(),
  /** "1": only what the caller did. */
  mine: z.literal("1").optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** Rows of one page, newest first, before `before`. */
export const auditPageQuery = auditFilter.extend({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** The same rows counted over time. */
export const auditCountQuery = auditFilter.extend({
  buckets: z.coerce.number().int().min(1).max(200).default(60),
});

/** One row in the columns of system.access.audit, with its place in the chain. */
export const auditEvent = z.object({
  seq: z.number().int(),
  event_time: instant,
  event_id: z.string(),
  audit_level: auditLevel,
  source_ip_address: z.string(),
  user_agent: z.string(),
  session_id: z.string().nullable(),
  user_identity: z.object({ email: z.string(), subject_id: z.string().nullable() }),
  service_name: z.string(),
  action_name: z.string(),
  request_id: z.string(),
  request_params: z.unknown(),
  response: z.object({ status_code: z.number().int(), error_message: z.string().nullable() }),
  privilege: z.string().nullable(),
  why: z.string().nullable(),
  securable_kind: z.string().nullable(),
  securable_id: z.string().nullable(),
  securable_name: z.string().nullable(),
  /** Hexadecimal; null in rows that the next start will chain. */
  mac: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEvent>;

export const auditPage = z.object({
  events: z.array(auditEvent),
  /** What to ask for as `before` to go on; null at the end. */
  next: z.number().int().nullable(),
});
export type AuditPage = z.infer<typeof auditPage>;

const auditBucket = z.object({
  from: instant,
  to: instant,
  allowed: z.number().int(),
  refused: z.number().int(),
  failed: z.number().int(),
});
export type AuditBucket = z.infer<typeof auditBucket>;

export const auditCounts = z.object({ total: z.number().int(), buckets: z.array(auditBucket) });
export type AuditCounts = z.infer<typeof auditCounts>;

export const retention = z.object({ days: z.number().int().nullable() });
/** `days: null` keeps rows for ever. */
export const retentionInput = z.strictObject({
  days: z
    .number()
    .int()
    .min(leastDaysKept, `Keep rows for ${leastDaysKept} days or more.`)
    .max(36_500)
    .nullable(),
});
export type Retention = z.infer<typeof retention>;

export const chainState = z.object({
  running: z.boolean(),
  /** The last verification by this process. */
  report: chainReport.nullable(),
  /** Why the last one could not be run to its end. */
  problem: z.string().nullable(),
});
export type ChainState = z.infer<typeof chainState>;

const searchName = z.string().trim().min(1, "Enter a name.").max(80, "Use 80 characters or fewer.");
export const searchInput = z.strictObject({ name: searchName, filter: auditFilter });
export const searchPatch = z.strictObject({ name: searchName });
export const savedSearch = z.object({ id: z.string(), name: z.string(), filter: auditFilter });
export type SavedSearch = z.infer<typeof savedSearch>;
export type SearchInput = z.input<typeof searchInput>;
