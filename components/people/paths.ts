import type { PrincipalRef } from "@/lib/auth";

export const groupPath = (id: string) => `/people/groups/${encodeURIComponent(id)}`;

/** The page of a person or service principal. */
export function principalPath({ id, kind }: Pick<PrincipalRef, "id" | "kind">): string {
  return kind === "person"
    ? `/people/${encodeURIComponent(id)}`
    : `/people/service-principals/${encodeURIComponent(id)}`;
}
