"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { Privilege } from "@/lib/access";
import type { ObjectRef, PrincipalRef } from "@/lib/catalog";
import { changeGrants, grantEffectQuery } from "@/lib/catalog/client";
import { FullName } from "./full-name";
import { Losses } from "./losses";
import { useChanged } from "./use-changed";
import { privilegesWord } from "./words";

interface RevokeDialogProps {
  object: ObjectRef;
  principal: PrincipalRef;
  privileges: readonly Privilege[];
  onClose: () => void;
}

/** Takes privileges from a principal after showing who loses what. */
export function RevokeDialog({ object, principal, privileges, onClose }: RevokeDialogProps) {
  const [kept, setKept] = useState<ReadonlySet<Privilege>>(new Set());
  const changed = useChanged(onClose);
  const remove = privileges.filter((privilege) => !kept.has(privilege));
  const body = { objectIds: [object.id], changes: [{ principalId: principal.id, remove }] };
  const effect = useQuery({ ...grantEffectQuery(body), enabled: remove.length > 0 });
  const keep = (privilege: Privilege, isRevoked: boolean) => {
    const next = new Set(kept);
    if (isRevoked) next.delete(privilege);
    else next.add(privilege);
    setKept(next);
  };
  const what = privilegesWord(remove);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Revoke ${remove.length > 0 ? what : "nothing"} from ${principal.name}?`}
      subtitle={<FullName object={object} />}
      verb={remove.length > 0 ? `Revoke ${what}` : "Revoke"}
      danger
      disabledReason={
        remove.length === 0
          ? "Choose what to revoke"
          : effect.isPending
            ? "Who loses what is being computed"
            : undefined
      }
      consequence="Effective on the next request."
      act={() => changeGrants(body)}
      onDone={() => changed(`${what} on ${object.name} revoked from ${principal.name}.`)}
    >
      {privileges.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its legend out by rules of its own.
        <div role="group" aria-label="What is revoked" className="flex flex-wrap gap-x-4 gap-y-1.5">
          {privileges.map((privilege) => (
            <Checkbox key={privilege} checked={!kept.has(privilege)} onChange={(on) => keep(privilege, on)}>
              <span className="font-mono text-small">{privilege}</span>
            </Checkbox>
          ))}
        </div>
      )}
      {remove.length === 0 ? null : effect.isPending ? (
        <RowsSkeleton rows={3} />
      ) : effect.isError ? (
        <ErrorState
          title="Who loses what could not be computed"
          error={effect.error}
          onRetry={() => void effect.refetch()}
        />
      ) : (
        <Losses effect={effect.data} />
      )}
    </ConfirmDialog>
  );
}
