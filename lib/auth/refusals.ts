import "server-only";
import { recordGrouped } from "@/lib/audit/server";
import { type ErrorCode, isAppError } from "@/lib/core";
import { log, single } from "@/lib/core/server";
import { auditContext, type RequestOrigin } from "./origin";
import type { Actor } from "./schema";

interface Refused {
  method: string;
  url: string;
  error: unknown;
}

const rowsPerSecond = 50;

/** Anonymous refusals cost the sender nothing, so rows about them are bounded; what is left out is counted. */
interface Budget {
  second: number;
  used: number;
  suppressed: number;
}

function takeAnonymousRow(): { suppressed: number } | null {
  const budget = single<Budget>("auth.refusalBudget", () => ({ second: 0, used: 0, suppressed: 0 }));
  const second = Math.floor(performance.now() / 1000);
  if (second !== budget.second) Object.assign(budget, { second, used: 0 });
  if (budget.used >= rowsPerSecond) {
    budget.suppressed += 1;
    return null;
  }
  budget.used += 1;
  const { suppressed } = budget;
  budget.suppressed = 0;
  return { suppressed };
}

const recorded = () => single("auth.recordedRefusals", () => new WeakSet<object>());

const refusalCodes: readonly ErrorCode[] = ["unauthenticated", "forbidden", "not_found", "rate_limited"];

/** Writes the audit row of a 401, 403, 404 or 429, once for each error; other failures are not refusals. */
export async function recordRefusal(
  origin: RequestOrigin & { actor?: Actor },
  refused: Refused,
): Promise<void> {
  const { method, url, error } = refused;
  if (!isAppError(error) || !refusalCodes.includes(error.code)) return;
  if (recorded().has(error)) return;
  recorded().add(error);
  const row = origin.actor ? { suppressed: 0 } : takeAnonymousRow();
  if (!row) return;
  // Never the query: people paste secrets into addresses.
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "").split("?")[0] ?? "";
  const params = {
    method,
    path: path.slice(0, 300),
    ...(row.suppressed > 0 ? { suppressed: row.suppressed } : {}),
  };
  try {
    await recordGrouped(auditContext(origin), {
      service: "accounts",
      action: "refused",
      params,
      status: error.status,
      error: error.message,
    });
  } catch (cause) {
    // The refusal itself stands whether or not it could be written down.
    log.error("A refusal was not recorded", { error: cause, requestId: origin.requestId });
  }
}
