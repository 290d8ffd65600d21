import "server-only";
import { z } from "zod";
import { record } from "@/lib/audit/server";
import { AppError, newId } from "@/lib/core";
import { env, log, parseInput } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { keyHash, readKey } from "../key-format";
import { linkTo, linkTokenHash, makeLinkToken } from "../link";
import { auditContext, type RequestOrigin } from "../origin";
import { hashPassword, requireGoodPassword } from "../passwords";
import { email as emailSchema, newPassword, type SetupState, type setupInput } from "../schema";
import { consumeInvite, dropOpenSetupInvites, findOpenInvite, insertInvite } from "../store/invites";
import { findKey, insertKey } from "../store/keys";
import { countUsers, findPersonByEmail, insertPerson } from "../store/users";
import { establishSecretKey } from "./key-guard";
import { hasSingleSignOn } from "./single-sign-on";

const linkLifetimeMs = 24 * 60 * 60 * 1000;

const unattended: RequestOrigin = { requestId: "start", ip: "local", userAgent: "unattended start" };

const done = () => new AppError("conflict", "This workbench is set up already. Sign in instead.");

/** Whether an account exists yet, for the pages that lead in. */
export async function getSetupState(): Promise<SetupState> {
  return { needed: (await countUsers((await db()).prisma)) === 0, sso: hasSingleSignOn() };
}

/** Makes the first administrator by the printed link. Of several posts at once exactly one succeeds. */
export async function completeSetup(
  origin: RequestOrigin,
  input: ReturnType<typeof setupInput.parse>,
): Promise<{ email: string }> {
  const { token, name, email, password } = input;
  const database = await db();
  if ((await countUsers(database.prisma)) > 0) throw done();
  const tokenHash = linkTokenHash(token);
  const wrongLink = () =>
    new AppError(
      "forbidden",
      "This set-up link is not valid. Every start prints a new one and ends the older ones.",
    );
  if ((await findOpenInvite(database.prisma, tokenHash, new Date()))?.purpose !== "setup") throw wrongLink();
  requireGoodPassword(password, email);
  const passwordHash = await hashPassword(password);
  await database.write(async (tx) => {
    const at = new Date();
    const invite = await findOpenInvite(tx, tokenHash, at);
    if (!invite || !(await consumeInvite(tx, invite.id, at)) || (await countUsers(tx)) > 0) throw done();
    const { id } = await insertPerson(tx, { id: newId("usr"), email, name, role: "admin", passwordHash });
    const audit = { ...auditContext(origin), userId: id, userIdentity: email };
    await record(tx, audit, {
      service: "accounts",
      action: "completeSetup",
      params: { userId: id, email },
      status: 200,
    });
  });
  return { email };
}

/** The id in ADMIN_API_KEY. @throws AppError `invalid` saying what is wrong with it, without quoting it. */
function requireAdministratorKey(key: string): string {
  const read = readKey(key);
  if ("id" in read) return read.id;
  throw new AppError(
    "invalid",
    read.wrong === "form"
      ? "ADMIN_API_KEY does not have the form tsr_<12 characters>_<32 characters><6 of checksum>, all of 0-9A-Za-z. npx tessera key makes one."
      : "ADMIN_API_KEY has a wrong checksum: its last 6 characters are not the CRC-32, in base 62, of those before.",
  );
}

/** As the sign-in form will want them, or nobody could ever come in. */
const administratorSettings = z.object({ ADMIN_EMAIL: emailSchema, ADMIN_PASSWORD: newPassword });

interface Unattended {
  email: string;
  password: string;
  key: string | undefined;
}

function unattendedSettings(): Unattended | null {
  const { ADMIN_EMAIL, ADMIN_PASSWORD, ADMIN_API_KEY } = env();
  if (!ADMIN_EMAIL && !ADMIN_PASSWORD && !ADMIN_API_KEY) return null;
  if (!ADMIN_EMAIL || !ADMIN_PASSWORD) {
    throw new AppError("invalid", "An unattended start needs both ADMIN_EMAIL and ADMIN_PASSWORD.");
  }
  if (ADMIN_API_KEY) requireAdministratorKey(ADMIN_API_KEY);
  const given = parseInput(administratorSettings, { ADMIN_EMAIL, ADMIN_PASSWORD });
  return { email: given.ADMIN_EMAIL, password: given.ADMIN_PASSWORD, key: ADMIN_API_KEY };
}

async function insertAdministratorKey(tx: Tx, ownerId: string, key: string): Promise<void> {
  const id = requireAdministratorKey(key);
  if (await findKey(tx, id)) return;
  await insertKey(tx, { id, ownerId, name: "ADMIN_API_KEY", hash: keyHash(key), expiresAt: null });
  const audit = { ...auditContext(unattended), userId: ownerId };
  await record(tx, audit, { service: "accounts", action: "createKey", params: { keyId: id }, status: 200 });
}

/** Makes what is missing of the administrator and key named by the settings; on later starts that is nothing. */
async function makeAdministrator({ email, password, key }: Unattended): Promise<void> {
  const database = await db();
  const isFirst = (await countUsers(database.prisma)) === 0;
  if (isFirst) requireGoodPassword(password, email);
  const passwordHash = isFirst ? await hashPassword(password) : undefined;
  await database.write(async (tx) => {
    let owner = await findPersonByEmail(tx, email);
    if (!owner && isFirst) {
      owner = await insertPerson(tx, {
        id: newId("usr"),
        email,
        name: "Administrator",
        role: "admin",
        passwordHash,
      });
      const audit = { ...auditContext(unattended), userId: owner.id, userIdentity: email };
      await record(tx, audit, {
        service: "accounts",
        action: "completeSetup",
        params: { email },
        status: 200,
      });
    }
    if (!owner) log.warn("ADMIN_EMAIL is ignored: this workbench has other accounts already");
    // A settings file left in place must not bring back an account that was since removed, demoted or switched off.
    if (key && owner?.role === "admin" && !owner.disabledAt) await insertAdministratorKey(tx, owner.id, key);
  });
}

/**
 * Readies the secret key and the first administrator. Returns the one-time link that makes them, when neither
 * an account nor settings for one exist; a link of an earlier start stops working. @throws AppError naming what to mend.
 */
export async function ensureFirstAdministrator(): Promise<string | null> {
  const settings = unattendedSettings();
  await establishSecretKey();
  if (settings) {
    await makeAdministrator(settings);
    return null;
  }
  const database = await db();
  if ((await countUsers(database.prisma)) > 0) return null;
  const token = makeLinkToken();
  await database.write(async (tx) => {
    await dropOpenSetupInvites(tx);
    const expiresAt = new Date(Date.now() + linkLifetimeMs);
    await insertInvite(tx, {
      id: newId("inv"),
      tokenHash: linkTokenHash(token),
      purpose: "setup",
      expiresAt,
    });
  });
  return linkTo("setup", token);
}
