import "server-only";
import type { Tx } from "@/lib/db/server";

type NewEvent = Omit<
  Parameters<Tx["auditEvent"]["create"]>[0]["data"],
  "requestParams" | "seq" | "eventTime"
> & {
  requestParams: Record<string, unknown>;
};

/** Adds a row. There is no update and no delete, and the database refuses both. */
export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  const requestParams = event.requestParams as Parameters<
    Tx["auditEvent"]["create"]
  >[0]["data"]["requestParams"];
  await tx.auditEvent.createMany({ data: [{ ...event, requestParams }] });
}
