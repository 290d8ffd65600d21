import "server-only";
import type { Tx } from "@/lib/db/server";

/** The newest version that says what this hash was made of. */
export async function findNumberByHash(
  reader: Pick<Tx, "promptVersion">,
  promptId: string,
  hash: string,
): Promise<number | null> {
  const row = await reader.promptVersion.findFirst({
    where: { promptId, hash },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  return row?.number ?? null;
}
