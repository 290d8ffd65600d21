"use client";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { KindIcon } from "@/components/ui/kind-icon";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { Membership } from "@/lib/auth";
import { groupPath } from "./paths";
import { SourceBadge } from "./source-badge";

interface MembershipsProps {
  memberships: readonly Membership[];
  /** Said where there are none. */
  empty: string;
}

/** The groups something is in, directly or through which. */
export function Memberships({ memberships, empty }: MembershipsProps) {
  if (memberships.length === 0) return <p className="px-4 text-small text-fg-muted">{empty}</p>;
  return (
    <Table label="Groups it is in">
      <thead>
        <tr>
          <Th>Group</Th>
          <Th>How</Th>
        </tr>
      </thead>
      <tbody>
        {memberships.map(({ id, name, source, through }) => (
          <Tr key={id}>
            <Td className="max-w-70">
              <span className="flex min-w-0 items-center gap-2">
                <KindIcon kind="people" />
                <Link href={groupPath(id)} className="truncate font-strong hover:text-accent">
                  {name}
                </Link>
              </span>
            </Td>
            <Td className="text-fg-muted max-sm:whitespace-normal">
              {source ? (
                <span className="flex items-center gap-2">
                  direct <SourceBadge source={source} />
                </span>
              ) : (
                <span className="inline-flex flex-wrap items-center gap-1.5">
                  through
                  {through.map((group) => (
                    <Badge key={group.id}>{group.name}</Badge>
                  ))}
                </span>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
