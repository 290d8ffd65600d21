"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { grantablePrivileges, isPrivilege, type Privilege } from "@/lib/access";
import type { CatalogObject, GrantChanges, GrantList, ObjectRef, PrincipalRef } from "@/lib/catalog";
import { PrincipalName } from "./principal-name";
import { usualPrivilege } from "./use-explain-view";

/** One grant that may come or go. */
export interface Change {
  verb: "Grant" | "Revoke";
  principal: PrincipalRef;
  privilege: Privilege;
  on: ObjectRef;
  changes: GrantChanges;
}

function changeOf(
  verb: Change["verb"],
  principal: PrincipalRef,
  privilege: Privilege,
  on: ObjectRef,
): Change {
  const change = verb === "Grant" ? { add: [privilege] } : { remove: [privilege] };
  return {
    verb,
    principal,
    privilege,
    on,
    changes: { objectIds: [on.id], changes: [{ principalId: principal.id, ...change }] },
  };
}

interface ChangeListProps {
  object: CatalogObject;
  grants: GrantList;
  principal: PrincipalRef;
  value: Change | undefined;
  onChange: (change: Change) => void;
}

/** What could be granted, and the grants that could be revoked. */
export function ChangeList({ object, grants, principal, value, onChange }: ChangeListProps) {
  const possible = grantablePrivileges(object.kind);
  const [chosen, setChosen] = useState<Privilege>(usualPrivilege(object.kind));
  const privilege = possible.includes(chosen) ? chosen : possible[0];
  return (
    <div className="min-w-0">
      {!object.may.grant && (
        <Note className="m-4">
          You may not grant here: you see your own grants, and no effect of a change.
        </Note>
      )}
      <div className="flex flex-wrap items-center gap-2 border-b px-4 py-3">
        <span className="text-fg-muted">If {principal.name} were granted</span>
        <Select
          label="Privilege to grant"
          className="w-auto! font-mono text-small"
          value={privilege}
          onChange={(next) => isPrivilege(next) && setChosen(next)}
          options={possible.map((each) => ({ value: each, label: each }))}
        />
        <Button
          disabledReason={object.may.grant ? undefined : "You may not grant on it"}
          onClick={() => privilege && onChange(changeOf("Grant", principal, privilege, object))}
        >
          Show effect
        </Button>
      </div>
      {grants.entries.length === 0 ? (
        <p className="px-4 py-6 text-small text-fg-muted">
          No grant{grants.isWhole ? "" : " of yours"} reaches it yet.
        </p>
      ) : (
        <Table label={`Grants that reach ${object.fullName}`}>
          <thead>
            <tr>
              <Th>If this were revoked</Th>
              <Th>From</Th>
              <Th narrow="hide">On</Th>
              <Th narrow="hide">Granted</Th>
              <Th end>
                <span className="sr-only">Effect</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {grants.entries.map((entry) => {
              const isChosen =
                value?.verb === "Revoke" &&
                value.principal.id === entry.principal.id &&
                value.privilege === entry.privilege &&
                value.on.id === entry.at.id;
              return (
                <Tr key={`${entry.principal.id} ${entry.privilege} ${entry.at.id}`} selected={isChosen}>
                  <Td className="font-mono text-small font-strong">{entry.privilege}</Td>
                  <Td className="max-w-50">
                    <PrincipalName principal={entry.principal} />
                  </Td>
                  <Td narrow="hide" className="text-fg-muted">
                    {entry.at.fullName}
                  </Td>
                  <Td narrow="hide" className="text-fg-muted">
                    <Time at={entry.grantedAt} day /> {entry.grantedBy && `by ${entry.grantedBy.name}`}
                  </Td>
                  <Td end>
                    <Button
                      size="sm"
                      aria-label={`Show the effect of revoking ${entry.privilege} from ${entry.principal.name}`}
                      disabledReason={grants.isWhole ? undefined : "You may not grant on it"}
                      onClick={() => onChange(changeOf("Revoke", entry.principal, entry.privilege, entry.at))}
                    >
                      Show effect
                    </Button>
                  </Td>
                </Tr>
              );
            })}
          </tbody>
        </Table>
      )}
    </div>
  );
}
