import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db/server";
import { engineKinds } from "@/lib/inference";

const engine = z.enum(engineKinds);
const variables = z.record(z.string(), z.string());

/** One call that was made with a prompt; null where there is none of that id. */
export async function findPromptCall(reader: Pick<Tx, "invocation">, promptId: string, id: string) {
  const row = await reader.invocation.findFirst({
    where: { id, promptId, promptVersion: { not: null } },
  });
  return (
    row && {
      id: row.id,
      version: row.promptVersion ?? 0,
      alias: row.promptAlias,
      model: row.calledAs ?? row.model,
      engine: engine.parse(row.engine),
      userId: row.userId,
      startedAt: row.startedAt,
      variables: variables.nullable().parse(row.promptVariables),
    }
  );
}
