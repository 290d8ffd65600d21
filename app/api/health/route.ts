import { withPublic } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";

const unhealthy = (cause?: unknown) =>
  new AppError("unavailable", "The database does not answer.", { cause });

export const GET = withPublic(async () => {
  const health = await db()
    .then((database) => database.health())
    .catch((cause: unknown) => {
      throw unhealthy(cause);
    });
  if (!health.ok) throw unhealthy(health.reason);
  return { status: "ok" };
});
