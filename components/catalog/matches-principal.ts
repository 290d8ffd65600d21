import type { PrincipalRef } from "@/lib/catalog";

/** Whether a principal's name or address holds the text. */
export function matchesPrincipal({ name, handle }: PrincipalRef, q: string): boolean {
  return `${name} ${handle}`.toLowerCase().includes(q.trim().toLowerCase());
}
