import type { Actor } from "@/lib/auth";

/** Whoever looks at the pages about rights. */
export interface Reader {
  id: string;
  email: string;
  name: string;
  admin: boolean;
}

export function readerOf({ userId, email, name, role }: Actor): Reader {
  return { id: userId, email, name, admin: role === "admin" };
}
