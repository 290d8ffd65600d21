import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/core";
import { createSecretKey, deriveKey, readSecretKey } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { findSetting, insertSetting } from "../store/settings";
import { countUsers } from "../store/users";

const setting = "secret_check";

const checkValue = () => createHmac("sha256", deriveKey("secret-check")).update("tessera").digest();

/**
 * Makes the secret key at the very first start, and from then on refuses a missing or different one: a new
 * key would end every session and API key and make stored secrets unreadable. @throws AppError `unavailable`.
 */
export async function establishSecretKey(): Promise<void> {
  const database = await db();
  const check = await findSetting(database.prisma, setting);
  const isFresh = check === undefined && (await countUsers(database.prisma)) === 0;
  if (!readSecretKey()) {
    if (!isFresh) {
      throw new AppError(
        "unavailable",
        "The secret key of this database is missing. Restore secret.key to the data folder or set SECRET_KEY to the value used before.",
      );
    }
    createSecretKey();
  }
  const value = checkValue();
  if (check === undefined) {
    if (!isFresh) {
      throw new AppError(
        "unavailable",
        "This database has accounts but no check of its secret key. Restore a backup.",
      );
    }
    await database.write((tx) => insertSetting(tx, setting, value.toString("base64")));
    return;
  }
  const stored = Buffer.from(typeof check === "string" ? check : "", "base64");
  if (stored.length !== value.length || !timingSafeEqual(stored, value)) {
    throw new AppError(
      "unavailable",
      "The secret key does not belong to this database. Restore the secret.key made with it or set SECRET_KEY to the value used before.",
    );
  }
}
