import { withPublic } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";

export const GET = withPublic(async () => {
  const { ok } = await (await db()).health();
  if (!ok) throw new AppError("unavailable", "The database does not answer.");
  return { status: "ok" };
});
