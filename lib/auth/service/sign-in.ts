import "server-only";
import { recordGrouped } from "@/lib/audit/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { auditContext, type RequestOrigin } from "../origin";
import { verifyPassword } from "../passwords";
import { email as emailSchema } from "../schema";
import type { SessionClaims } from "../session-token";
import { findPersonByEmail } from "../store/users";
import { startSession } from "./sessions";
import { attemptOf, beginAttempt, endAttempt } from "./throttle";

const longestPassword = 256;

const wrong = () => new AppError("unauthenticated", "The e-mail address or the password is wrong.");

interface Known {
  id: string;
  email: string;
}

/** Only a known account is named: people type passwords into the e-mail field. */
async function recordFailure(origin: RequestOrigin, user: Known | null, error: AppError): Promise<void> {
  const audit = { ...auditContext(origin), userId: user?.id, userIdentity: user?.email ?? "unknown" };
  await recordGrouped(audit, {
    service: "accounts",
    action: "signIn",
    params: { method: "password" },
    status: error.status,
    error: error.message,
  });
}

/**
 * Starts a session for an e-mail address and its password. Unknown, disabled and password-less accounts are refused
 * in the same words and time as a wrong password. @throws AppError `unauthenticated` or `rate_limited`.
 */
export async function signInByPassword(
  origin: RequestOrigin,
  credentials: { email?: unknown; password?: unknown },
): Promise<SessionClaims> {
  const address = emailSchema.safeParse(credentials.email);
  const email = address.success ? address.data : "";
  const { password } = credentials;
  const attempt = attemptOf(email, origin.ip);
  await beginAttempt(attempt);
  const database = await db();
  const user = email ? await findPersonByEmail(database.prisma, email) : null;
  const isPlausible = typeof password === "string" && password !== "" && password.length <= longestPassword;
  const matches = await verifyPassword(user?.passwordHash, isPlausible ? password : "");
  if (!user || user.disabledAt || !isPlausible || !matches) {
    const error = wrong();
    await recordFailure(origin, user, error);
    throw error;
  }
  const sessionId = await database.write(async (tx) => {
    await endAttempt(tx, attempt);
    return startSession(tx, origin, user, "password");
  });
  return { userId: user.id, sessionId };
}
