import "server-only";
import type { Context } from "../context";
import type { Me } from "../schema";

/** Who the request acts as. */
export function getMe({ actor }: Context): Me {
  const { userId, email, name, role, sessionId = null, keyId = null } = actor;
  return { id: userId, email, name, role, sessionId, keyId };
}
