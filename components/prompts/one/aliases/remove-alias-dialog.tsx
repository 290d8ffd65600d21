"use client";
import { useState } from "react";
import { FullName } from "@/components/catalog/full-name";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { defaultAlias, type PromptDetail } from "@/lib/prompts";
import { removeAlias } from "@/lib/prompts/client";
import { movedWords } from "../moved-words";
import { useChanged } from "../use-changed";

interface RemoveAliasDialogProps {
  prompt: PromptDetail;
  alias: string;
  onClose: () => void;
}

/** Who fetches by the alias afterwards gets an error, so it is said before. */
export function RemoveAliasDialog({ prompt, alias, onClose }: RemoveAliasDialogProps) {
  const [why, setWhy] = useState("");
  const changed = useChanged(onClose);
  const from = prompt.aliases.find((one) => one.alias === alias)?.version;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Remove ${alias}?`}
      subtitle={<FullName object={{ kind: "prompt", fullName: prompt.fullName }} />}
      verb="Remove alias"
      danger
      disabledReason={from === undefined ? `${alias} is gone already` : undefined}
      consequence="The history keeps it, and it can be taken back there."
      act={async () => {
        if (from !== undefined) changed(movedWords(await removeAlias(prompt.fullName, alias, { from, why })));
      }}
      onDone={() => undefined}
    >
      <p>
        {from !== undefined && `It points to v${from}. `}Whoever fetches {alias} from now on is answered that
        there is no such alias; no other version takes its place.
        {alias === defaultAlias && " That holds for all who name neither an alias nor a version, too."}
      </p>
      <Field label="Reason, kept in the history">
        <Input value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
