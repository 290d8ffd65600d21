import { isAppError } from "@/lib/core";
import { db } from "@/lib/db/server";

// Opens the configured database, says so, and keeps it open until it is stopped.
try {
  await db();
  process.stdout.write("open\n");
  setInterval(() => {}, 60_000);
} catch (error) {
  if (!isAppError(error)) throw error;
  process.stdout.write(`refused: ${error.message}\n`);
}
