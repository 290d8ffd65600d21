"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { catalogKey, changeGrants } from "@/lib/catalog/client";
import type { Change } from "./change-list";
import { EffectPreview } from "./effect-preview";

interface ChangeDialogProps {
  change: Change;
  onClose: () => void;
  onDone: () => void;
}

/** One grant more or less, after its effect. */
export function ChangeDialog({ change, onClose, onDone }: ChangeDialogProps) {
  const cache = useQueryClient();
  const { verb, privilege, principal, on, changes } = change;
  const isGrant = verb === "Grant";
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`${verb} ${privilege} ${isGrant ? "to" : "from"} ${principal.name}?`}
      subtitle={on.fullName}
      verb={`${verb} ${privilege}`}
      danger={!isGrant}
      consequence="It holds from the next request on."
      act={() => changeGrants(changes)}
      onDone={() => {
        void cache.invalidateQueries({ queryKey: catalogKey });
        toast(`${privilege} ${isGrant ? "granted to" : "revoked from"} ${principal.name}.`);
        onDone();
      }}
    >
      <EffectPreview changes={changes} />
    </ConfirmDialog>
  );
}
