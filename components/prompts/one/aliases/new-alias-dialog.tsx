"use client";
import { z } from "zod";
import { FullName } from "@/components/catalog/full-name";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useForm } from "@/components/ui/use-form";
import { aliasMove, defaultAlias, ownAliasName, type PromptDetail } from "@/lib/prompts";
import { MoveConsequence } from "./move-consequence";
import { MoveEnds } from "./move-ends";
import { useMove } from "./use-move";
import { VersionSelect } from "./version-select";

interface NewAliasDialogProps {
  prompt: PromptDetail;
  /** The version in sight. */
  version: number;
  onClose: () => void;
}

/** A further name for a version. */
export function NewAliasDialog({ prompt, version, onClose }: NewAliasDialogProps) {
  const { fullName, aliases } = prompt;
  const taken = (name: string) => aliases.find(({ alias }) => alias === name);
  const { move } = useMove(prompt, onClose);
  const fields = useForm({
    schema: z.object({
      alias: ownAliasName.refine((name) => !taken(name), "There is one of that name. Move it instead."),
      version: z.number(),
      why: aliasMove.shape.why.unwrap(),
    }),
    initial: { alias: taken(defaultAlias) ? "" : defaultAlias, version, why: "" },
    send: ({ alias, ...body }) => move(alias, { ...body, from: null }),
    onDone: () => undefined,
  });
  const { values, set, errorOf } = fields;
  return (
    <FormDialog
      title="New alias"
      subtitle={<FullName object={{ kind: "prompt", fullName }} />}
      form={fields}
      verb="Set alias"
      consequence="Kept in the history, where it can be taken back."
      onClose={onClose}
    >
      <Field
        label="Alias"
        hint="Such as production or staging. Applications fetch production where they name none."
        error={errorOf("alias")}
      >
        <Input
          mono
          value={values.alias}
          placeholder="staging"
          onChange={(event) => set("alias", event.target.value)}
        />
      </Field>
      <Field label="Version" error={errorOf("version")}>
        <VersionSelect prompt={prompt} value={values.version} onChange={(next) => set("version", next)} />
      </Field>
      {values.alias && (
        <>
          <MoveEnds prompt={prompt} alias={values.alias} from={null} to={values.version} />
          <Note>
            <MoveConsequence alias={values.alias} from={null} to={values.version} rule={undefined} mayMove />
          </Note>
        </>
      )}
      <Field label="Reason, kept in the history" error={errorOf("why")}>
        <Input value={values.why} onChange={(event) => set("why", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
