"use client";
import { useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { aliasMove, aliasName, type ModelAlias, type RegisteredModel } from "@/lib/registry";
import { moveAlias, refreshRegistry, undoAliasMove } from "@/lib/registry/client";
import { AliasEffect } from "./alias-effect";
import { movedWords } from "./moved-words";
import { VersionPicker } from "./version-picker";

interface MoveAliasDialogProps {
  model: RegisteredModel;
  /** Absent: one that is named here. */
  alias: ModelAlias | undefined;
  version: number | undefined;
  onClose: () => void;
}

const form = z.object({
  alias: aliasName,
  version: z.number("Choose a version."),
  why: aliasMove.shape.why.unwrap(),
});

/** Points an alias to a version, and says from where to where before it does. */
export function MoveAliasDialog({ model, alias, version, onClose }: MoveAliasDialogProps) {
  const cache = useQueryClient();
  const from = (name: string) => model.aliases.find((one) => one.alias === name)?.version ?? null;
  const fields = useForm({
    schema: form,
    initial: { alias: alias?.alias ?? "", version: version ?? model.versions[0]?.number ?? 1, why: "" },
    send: ({ alias: name, ...values }) => moveAlias(model.id, name, { ...values, from: from(name) }),
    onDone: (moved) => {
      toast({
        message: movedWords(moved),
        action: {
          label: "Undo",
          onAction: () =>
            void undoAliasMove(model.id, moved.alias, moved.id).then(
              (undone) => {
                toast(movedWords(undone));
                void refreshRegistry(cache);
              },
              (error: Error) => toast({ tone: "danger", message: error.message }),
            ),
        },
      });
      void refreshRegistry(cache);
      onClose();
    },
  });
  const { values, set, errorOf } = fields;
  const at = from(values.alias);
  const target = model.versions.find(({ number }) => number === values.version);
  const isMove = at !== null && at !== values.version;
  const title = !alias
    ? "Set an alias"
    : isMove
      ? `Move ${alias.alias}: v${at} → v${values.version}`
      : `Move ${alias.alias}`;
  return (
    <FormDialog
      title={title}
      subtitle={model.name}
      form={fields}
      verb={at === null ? "Set alias" : "Move alias"}
      disabledReason={at === values.version ? undefined : target?.unfit?.why}
      consequence="Kept in the history, where it can be taken back."
      onClose={onClose}
    >
      {!alias && (
        <Field label="Alias" hint="Such as champion or challenger." error={errorOf("alias")}>
          <Input
            mono
            autoFocus
            list="known-aliases"
            className="[&::-webkit-calendar-picker-indicator]:hidden!"
            value={values.alias}
            placeholder="champion"
            onChange={(event) => set("alias", event.target.value)}
          />
        </Field>
      )}
      <datalist id="known-aliases">
        {[...new Set(["champion", "challenger", ...model.aliases.map((one) => one.alias)])].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field label="Version" error={errorOf("version")}>
        <VersionPicker
          label="Version"
          forAlias
          versions={model.versions}
          value={values.version}
          onChange={(number) => set("version", number)}
        />
      </Field>
      <Field label="Why" error={errorOf("why")}>
        <Input value={values.why} onChange={(event) => set("why", event.target.value)} />
      </Field>
      {values.alias && <AliasEffect model={model} alias={values.alias} from={at} to={values.version} />}
    </FormDialog>
  );
}
