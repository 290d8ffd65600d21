"use client";
import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { kindNoun } from "@/lib/access";
import type { CatalogObject } from "@/lib/catalog";
import type { GrantRow } from "./grant-rows";
import { ObjectLink } from "./object-link";
import { catalogPath } from "./paths";
import { PrincipalName } from "./principal-name";
import { PrivilegeBadges } from "./privilege-badges";

interface GrantsTableProps {
  object: CatalogObject;
  rows: readonly GrantRow[];
  admin: boolean;
  /** Absent for whoever may not revoke. */
  onRevoke?: (row: GrantRow) => void;
}

/** Principal, privileges, where they come from, by whom and since when. */
export function GrantsTable({ object, rows, admin, onRevoke }: GrantsTableProps) {
  return (
    <Table label={`Grants on ${object.name}`}>
      <thead>
        <tr>
          <Th>Principal</Th>
          <Th>Privileges</Th>
          <Th narrow="hide">Source</Th>
          <Th narrow="hide">Granted by</Th>
          <Th end narrow="hide">
            Since
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { principal, privileges, at, isInherited, grantedBy, grantedAt } = row;
          return (
            <Tr key={`${principal.id} ${at.id}`}>
              <Td className="max-w-70">
                <PrincipalName principal={principal} linked={admin} />
              </Td>
              <Td className="whitespace-normal!">
                <PrivilegeBadges privileges={privileges} />
                {isInherited && (
                  <span className="block text-small text-fg-subtle sm:hidden">from {at.fullName}</span>
                )}
              </Td>
              <Td narrow="hide" className="max-w-80">
                {isInherited ? (
                  <span className="flex min-w-0 items-center gap-1.5 text-fg-muted">
                    <Icon name="enter" size={14} className="text-fg-subtle" />
                    inherited from <ObjectLink object={at} tab="permissions" />
                  </span>
                ) : (
                  `this ${kindNoun(object.kind)}`
                )}
              </Td>
              <Td narrow="hide" className="text-fg-muted">
                {grantedBy?.name ?? "the workbench"}
              </Td>
              <Td end narrow="hide" className="text-fg-muted">
                <Time at={grantedAt} day />
              </Td>
              <Td className="w-10" end>
                {isInherited ? (
                  <Link
                    href={catalogPath(at, "permissions")}
                    aria-label={`Open the grants on ${at.fullName}`}
                    title={`Open the grants on ${at.fullName}`}
                    className="inline-grid size-6.5 place-items-center rounded-2 text-fg-muted hover:bg-hover hover:text-fg pointer-coarse:size-10"
                  >
                    <Icon name="arrow-right" size={14} />
                  </Link>
                ) : (
                  onRevoke && (
                    <IconButton
                      icon="close"
                      size="sm"
                      label={`Revoke ${privileges.join(", ")} from ${principal.name}`}
                      onClick={() => onRevoke(row)}
                    />
                  )
                )}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
