"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { Explanation, GrantChanges } from "@/lib/catalog";
import { catalogKey, changeGrants } from "@/lib/catalog/client";
import { EffectPreview } from "./effect-preview";

interface GrantDialogProps {
  fix: Explanation["fixes"][number];
  onClose: () => void;
}

/** The change of grants that gives all of a fix in one step. */
function changesOf({ principal, grants }: GrantDialogProps["fix"]): GrantChanges {
  const [first, ...rest] = grants.map(({ privilege, on }) => ({
    objectId: on.id,
    changes: [{ principalId: principal.id, add: [privilege] }],
  }));
  return { objectIds: first ? [first.objectId] : [], changes: first?.changes ?? [], also: rest };
}

/** Who gains what by a grant, and then the grant. */
export function GrantDialog({ fix, onClose }: GrantDialogProps) {
  const cache = useQueryClient();
  const { principal, grants } = fix;
  const what = grants.map(({ privilege }) => privilege).join(" and ");
  const changes = changesOf(fix);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Grant ${what} to ${principal.name}?`}
      subtitle={grants.map(({ privilege, on }) => `${privilege} on ${on.fullName}`).join(", ")}
      verb={`Grant ${what}`}
      consequence="It holds from the next request on."
      act={() => changeGrants(changes)}
      onDone={() => {
        void cache.invalidateQueries({ queryKey: catalogKey });
        toast(`${what} granted to ${principal.name}.`);
        onClose();
      }}
    >
      <EffectPreview changes={changes} />
    </ConfirmDialog>
  );
}
