import "server-only";
import { bumpPolicyEpoch } from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { linkTokenHash } from "../link";
import { auditContext, type RequestOrigin } from "../origin";
import { hashPassword, requireGoodPassword } from "../passwords";
import type { acceptInput } from "../schema";
import { consumeInvite, findOpenInvite } from "../store/invites";
import { revokeSessionsOf } from "../store/sessions";
import { changeUser } from "../store/users";

const spent = () =>
  new AppError(
    "not_found",
    "This link was used, has run out or was replaced. Ask an administrator for a new one.",
  );

/** Sets the password of the account a link was made for; the link works once. A reset ends the account's sessions. */
export async function acceptInvite(
  origin: RequestOrigin,
  input: ReturnType<typeof acceptInput.parse>,
): Promise<{ email: string }> {
  const database = await db();
  const tokenHash = linkTokenHash(input.token);
  const found = await findOpenInvite(database.prisma, tokenHash, new Date());
  if (!found?.user || found.purpose === "setup") throw spent();
  requireGoodPassword(input.password, found.user.email);
  // Costly, so neither before the link is known to be good nor inside the transaction.
  const passwordHash = await hashPassword(input.password);
  return (await db()).write(async (tx) => {
    const at = new Date();
    const invite = await findOpenInvite(tx, tokenHash, at);
    if (!invite?.user || invite.user.disabledAt || !(await consumeInvite(tx, invite.id, at))) throw spent();
    const { id, email } = invite.user;
    await changeUser(tx, id, { passwordHash, name: input.name });
    if ((await revokeSessionsOf(tx, id, at)) > 0) await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
    const audit = { ...auditContext(origin), userId: id, userIdentity: email };
    await record(tx, audit, {
      service: "accounts",
      action: invite.purpose === "reset" ? "resetPassword" : "acceptInvite",
      params: { userId: id },
      status: 200,
    });
    return { email };
  });
}
