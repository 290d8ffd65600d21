"use client";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { KindIcon } from "@/components/ui/kind-icon";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ServicePrincipal } from "@/lib/auth";
import { principalPath } from "./paths";

/** Programs with how they come in. */
export function ServicePrincipalsTable({ services }: { services: readonly ServicePrincipal[] }) {
  return (
    <Table label="Service principals">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th narrow="hide">Application id</Th>
          <Th>State</Th>
          <Th end narrow="hide">
            Keys
          </Th>
          <Th end narrow="hide">
            Groups
          </Th>
          <Th narrow="hide">Made by</Th>
          <Th end narrow="hide">
            Last used
          </Th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => {
          const used = service.lastUsedAt ? <Time at={service.lastUsedAt} /> : "never used";
          return (
            <Tr key={service.id}>
              <Td className="max-w-70 max-sm:w-full max-sm:max-w-0">
                <span className="flex min-w-0 items-center gap-2">
                  <KindIcon kind="robot" />
                  <Link
                    href={principalPath({ ...service, kind: "service" })}
                    className="truncate font-strong hover:text-accent"
                  >
                    {service.name}
                  </Link>
                </span>
                <span className="block truncate text-small text-fg-subtle sm:hidden">{used}</span>
              </Td>
              <Td narrow="hide" className="font-mono text-small text-fg-muted" title={service.applicationId}>
                {service.applicationId.slice(0, 8)}…
              </Td>
              <Td>
                {service.state === "active" ? (
                  <Badge tone="ok">active</Badge>
                ) : (
                  <Badge tone="danger">deactivated</Badge>
                )}
              </Td>
              <Td end narrow="hide" className="tabular-nums">
                {service.keys}
              </Td>
              <Td end narrow="hide" className="tabular-nums">
                {service.groups}
              </Td>
              <Td narrow="hide" className="max-w-40 truncate text-fg-muted">
                {service.createdBy?.name ?? "unknown"}
              </Td>
              <Td end narrow="hide" className="text-fg-muted">
                {used}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
