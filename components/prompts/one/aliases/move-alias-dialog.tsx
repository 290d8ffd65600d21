"use client";
import { useState } from "react";
import { z } from "zod";
import { FullName } from "@/components/catalog/full-name";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useForm } from "@/components/ui/use-form";
import { aliasMove, type PromptDetail } from "@/lib/prompts";
import { rightOn, ruleOf } from "../alias-rights";
import { MoveConsequence } from "./move-consequence";
import { MoveEnds } from "./move-ends";
import { moveTitle } from "./move-title";
import { RightLine } from "./right-line";
import { useMove } from "./use-move";
import { VersionSelect } from "./version-select";

const form = z.object({ version: z.number(), why: aliasMove.shape.why.unwrap() });

interface MoveAliasDialogProps {
  prompt: PromptDetail;
  alias: string;
  /** Where it is to go; where it stands already, another one is chosen here. */
  version: number;
  onClose: () => void;
}

/** Moves an alias, or asks whoever may to do so; both ends and what follows stand before the button. */
export function MoveAliasDialog({ prompt, alias, version, onClose }: MoveAliasDialogProps) {
  const from = prompt.aliases.find((one) => one.alias === alias)?.version ?? null;
  const [isChosenHere] = useState(from === version);
  const { move: mayMove } = rightOn(prompt, alias);
  const rule = ruleOf(prompt, alias);
  const { move, request } = useMove(prompt, onClose);
  const fields = useForm({
    schema: form,
    initial: { version, why: "" },
    send: (values) => (mayMove ? move : request)(alias, { ...values, from }),
    onDone: () => undefined,
  });
  const { values, set, errorOf } = fields;
  const to = values.version;
  return (
    <FormDialog
      title={moveTitle(alias, from, to, mayMove)}
      subtitle={<FullName object={{ kind: "prompt", fullName: prompt.fullName }} />}
      form={fields}
      verb={mayMove ? "Move" : "Request move"}
      consequence={<RightLine rule={rule} mayMove={mayMove} />}
      disabledReason={from === to ? `${alias} stands at v${from} already` : undefined}
      onClose={onClose}
    >
      <MoveEnds prompt={prompt} alias={alias} from={from} to={to} />
      {isChosenHere && (
        <Field label="To version" error={errorOf("version")}>
          <VersionSelect prompt={prompt} value={to} onChange={(next) => set("version", next)} />
        </Field>
      )}
      <Note>
        <MoveConsequence alias={alias} from={from} to={to} rule={rule} mayMove={mayMove} />
      </Note>
      <Field label="Reason, kept in the history" error={errorOf("why")}>
        <Input value={values.why} onChange={(event) => set("why", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
