import Link from "next/link";
import { Icon, type IconName } from "@/components/ui/icon";
import type { PrincipalRef } from "@/lib/catalog";
import { principalPath } from "./paths";

export const principalIcons: Record<PrincipalRef["kind"], IconName> = {
  user: "person",
  group: "people",
  service_principal: "robot",
};

/** What is said of a principal beside its name. */
export function principalNote({ kind, members, handle }: PrincipalRef): string {
  if (kind === "service_principal") return "service principal";
  if (kind === "user") return handle;
  return members === 1 ? "1 member" : `${(members ?? 0).toLocaleString("en-US")} members`;
}

interface PrincipalNameProps {
  principal: PrincipalRef;
  /** Leads to its page, which is for administrators. */
  linked?: boolean;
  /** The name alone. */
  bare?: boolean;
}

/** Icon, name and what kind of principal it is. */
export function PrincipalName({ principal, linked, bare }: PrincipalNameProps) {
  const { kind, name, isActive } = principal;
  const href = linked ? principalPath(principal) : undefined;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon name={principalIcons[kind]} className="text-fg-muted" />
      {href ? (
        <Link href={href} className="truncate hover:text-accent">
          {name}
        </Link>
      ) : (
        <span className="truncate">{name}</span>
      )}
      {!bare && (
        <span className="truncate text-small text-fg-subtle">
          {isActive ? principalNote(principal) : "switched off"}
        </span>
      )}
    </span>
  );
}
