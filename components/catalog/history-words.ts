import { z } from "zod";
import type { AuditEvent } from "@/lib/audit-log";

const words: Record<string, string> = {
  createCatalog: "made it",
  createSchema: "made it",
  renameObject: "renamed it",
  moveObject: "moved it",
  updateObject: "described it",
  transferOwner: "transferred it",
  changeTags: "changed its tags",
  dropObject: "dropped it",
  restoreObject: "brought it back",
  grantRequest: "granted a request",
  denyRequest: "denied a request",
  findAuditEvents: "read its history",
};

const permissions = z.object({
  principalId: z.string(),
  principal: z.string().optional(),
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
});

/** What a row of the audit log says was done to the object. */
export function deedOf({ service_name, action_name, request_params }: AuditEvent): string {
  const change = action_name === "updatePermissions" ? permissions.safeParse(request_params).data : undefined;
  if (!change) return words[action_name] ?? `${service_name}.${action_name}`;
  const whom = change.principal ?? change.principalId;
  return [
    change.add.length > 0 && `granted ${change.add.join(", ")} to ${whom}`,
    change.remove.length > 0 && `revoked ${change.remove.join(", ")} from ${whom}`,
  ]
    .filter(Boolean)
    .join(", ");
}
