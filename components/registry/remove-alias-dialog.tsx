"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ModelAlias, RegisteredModel } from "@/lib/registry";
import { removeAlias } from "@/lib/registry/client";
import { movedWords } from "./moved-words";
import { useChanged } from "./use-changed";

interface RemoveAliasDialogProps {
  model: RegisteredModel;
  alias: ModelAlias;
  onClose: () => void;
}

/** Who asks for the alias afterwards gets an error, so it is said before. */
export function RemoveAliasDialog({ model, alias, onClose }: RemoveAliasDialogProps) {
  const changed = useChanged(onClose);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Remove ${alias.alias}?`}
      subtitle={model.name}
      verb="Remove alias"
      danger
      consequence="The history keeps it, and it can be taken back there."
      act={async () => changed(movedWords(await removeAlias(model.id, alias.alias, { from: alias.version })))}
      onDone={() => undefined}
    >
      <p>
        It points to v{alias.version}. Whoever asks for {alias.alias} from now on is answered that there is no
        such alias.
      </p>
    </ConfirmDialog>
  );
}
