"use client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { useSend } from "@/components/ui/use-send";
import type { ObjectRef } from "@/lib/catalog";
import { changeGrants } from "@/lib/catalog/client";
import { EffectPanel } from "./effect-panel";
import { FullName } from "./full-name";
import { auditRows } from "./grant-plan";
import { PrincipalsField } from "./principals-field";
import { PrivilegeChoice } from "./privilege-choice";
import { useChanged } from "./use-changed";
import { useGrantDraft } from "./use-grant-draft";
import { privilegesWord } from "./words";

interface GrantDialogProps {
  /** Of one kind. */
  objects: readonly ObjectRef[];
  onClose: () => void;
}

/** Grants privileges on one or several objects; shows who gains what, and who still cannot, before the button. */
export function GrantDialog({ objects, onClose }: GrantDialogProps) {
  const draft = useGrantDraft(objects);
  const changed = useChanged(onClose);
  const { principals, privileges, plan, preconditions, isReady } = draft;
  const [first] = objects;
  const what = objects.length === 1 ? (first?.name ?? "") : `${objects.length} objects`;
  const whom = principals.map(({ name }) => name).join(", ");
  const sending = useSend<void, unknown>(
    () => changeGrants(plan),
    () => changed(`${privilegesWord(privileges)} on ${what} granted to ${whom}.`),
  );
  const reason =
    principals.length === 0
      ? "Choose somebody first"
      : privileges.length === 0
        ? "Choose a privilege they do not have"
        : undefined;
  const rows = auditRows(plan);
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      size="lg"
      title={`Grant on ${what}`}
      subtitle={
        objects.length === 1 && first ? (
          <FullName object={first} />
        ) : (
          objects.map(({ fullName }) => fullName).join(", ")
        )
      }
      onSubmit={() => reason === undefined && sending.send()}
      footer={
        <>
          <Consequence>
            {isReady
              ? `Writes ${rows} audit ${rows === 1 ? "row" : "rows"}. Effective on the next request.`
              : "Effective on the next request."}
          </Consequence>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={sending.busy} disabledReason={reason} kbd="⌘↵">
            {privileges.length > 0 ? `Grant ${privilegesWord(privileges)}` : "Grant"}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Field label="To">
          <PrincipalsField value={principals} onChange={draft.setPrincipals} />
        </Field>
        <PrivilegeChoice
          possible={draft.possible}
          chosen={draft.chosen}
          onChange={draft.setChosen}
          held={draft.held}
        />
        <EffectPanel effect={draft.effect} privileges={privileges} />
        {preconditions.map(({ privilege, on, principals: lacking }) => {
          const key = `${privilege} ${on.id}`;
          return (
            <Checkbox key={key} checked={draft.ticked.has(key)} onChange={(is) => draft.tick(key, is)}>
              Also grant {privilege} on <FullName object={on} /> to{" "}
              {lacking.map(({ name }) => name).join(", ")}
            </Checkbox>
          );
        })}
        {sending.error && (
          <Note tone="danger" alert>
            Nothing was granted. {sending.error.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
