"use client";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { AttributePolicy, CatalogObject, PrincipalRef } from "@/lib/catalog";
import { ObjectLink } from "./object-link";
import { policySubject, policyTypes } from "./policy-words";
import { PrincipalName } from "./principal-name";
import type { ObjectDialog } from "./use-object-dialog";

interface PoliciesTableProps {
  object: CatalogObject;
  policies: readonly AttributePolicy[];
  admin: boolean;
  open: (dialog: ObjectDialog) => void;
}

/** What each policy does, to whom, and where it is set. */
export function PoliciesTable({ object, policies, admin, open }: PoliciesTableProps) {
  return (
    <Table label={`Policies on ${object.name}`}>
      <thead>
        <tr>
          <Th>Policy</Th>
          <Th>Applies</Th>
          <Th narrow="hide">For</Th>
          <Th narrow="hide">Set on</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {policies.map((policy) => (
          <Tr key={policy.id}>
            <Td className="max-w-60 py-2 align-top whitespace-normal!">
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-mono text-small font-strong">{policy.name}</span>
                <Badge>{policyTypes[policy.definition.type]}</Badge>
              </span>
              {policy.comment && <span className="block text-small text-fg-muted">{policy.comment}</span>}
            </Td>
            <Td className="max-w-100 py-2 align-top whitespace-normal!">
              {policy.function ? (
                <ObjectLink object={policy.function} />
              ) : (
                <Badge tone="danger">its function was dropped</Badge>
              )}
              <span className="block text-small text-fg-muted">to {policySubject(policy)}</span>
              <span className="block text-small text-fg-muted sm:hidden">
                for {policy.to.map(({ name }) => name).join(", ")}
                {policy.except.length > 0 && ` except ${policy.except.map(({ name }) => name).join(", ")}`}
              </span>
            </Td>
            <Td narrow="hide" className="max-w-60 py-2 align-top">
              <Principals principals={policy.to} linked={admin} />
              {policy.except.length > 0 && (
                <>
                  <span className="block text-small text-fg-subtle">except</span>
                  <Principals principals={policy.except} linked={admin} />
                </>
              )}
            </Td>
            <Td narrow="hide" className="max-w-60 py-2 align-top">
              {policy.isInherited ? (
                <ObjectLink object={policy.on} tab="policies" />
              ) : (
                <span className="text-fg-muted">here</span>
              )}
            </Td>
            <Td end className="w-10 py-2 align-top">
              {!policy.isInherited && (
                <Menu
                  trigger={<IconButton icon="more" size="sm" label={`More for ${policy.name}`} />}
                  items={[
                    { label: "Change", icon: "pencil", onSelect: () => open({ kind: "policy", policy }) },
                    {
                      label: "Delete",
                      icon: "trash",
                      separated: true,
                      onSelect: () => open({ kind: "delete policy", policy }),
                    },
                  ]}
                />
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Principals({ principals, linked }: { principals: readonly PrincipalRef[]; linked: boolean }) {
  return principals.map((principal) => (
    <PrincipalName key={principal.id} principal={principal} linked={linked} bare />
  ));
}
