"use client";
import { useState } from "react";
import { z } from "zod";
import { FullName } from "@/components/catalog/full-name";
import { PrincipalsField } from "@/components/catalog/principals-field";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Note } from "@/components/ui/note";
import { Switch } from "@/components/ui/switch";
import { useForm } from "@/components/ui/use-form";
import type { PrincipalRef } from "@/lib/catalog";
import type { PromptDetail } from "@/lib/prompts";
import { removeAliasRule, saveAliasRule } from "@/lib/prompts/client";
import { ruleOf } from "../alias-rights";
import { useChanged } from "../use-changed";
import { moverPrincipal } from "./mover-principal";
import { RuleEffect } from "./rule-effect";

interface ProtectAliasDialogProps {
  prompt: PromptDetail;
  alias: string;
  onClose: () => void;
}

const form = z.object({
  isProtected: z.boolean(),
  movers: z.array(z.custom<PrincipalRef>()).max(50, "Name 50 at most; a group counts as one."),
  approval: z.boolean(),
});

/** Who may move an alias, and whether a second one has to agree. */
export function ProtectAliasDialog({ prompt, alias, onClose }: ProtectAliasDialogProps) {
  const { fullName } = prompt;
  const [rule] = useState(() => ruleOf(prompt, alias));
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: form,
    initial: {
      isProtected: true,
      movers: (rule?.movers ?? []).map(moverPrincipal),
      approval: rule?.approval ?? false,
    },
    send: ({ isProtected, movers, approval }) =>
      isProtected
        ? saveAliasRule(fullName, alias, { movers: movers.map(({ id }) => id), approval })
        : removeAliasRule(fullName, alias),
    onDone: ({ rules }) =>
      changed(
        rules.some((one) => one.alias === alias)
          ? `${alias} is protected.`
          : `${alias} is no longer protected.`,
      ),
  });
  const { values, set, errorOf } = fields;
  const { isProtected, movers, approval } = values;
  return (
    <FormDialog
      title={rule ? `Who may move ${alias}` : `Protect ${alias}`}
      subtitle={<FullName object={{ kind: "prompt", fullName }} />}
      form={fields}
      verb={!rule ? "Protect" : isProtected ? "Save rule" : "Remove protection"}
      consequence="Holds from the next move on. Requests that wait stay."
      onClose={onClose}
    >
      {rule && (
        <Switch checked={isProtected} onChange={(next) => set("isProtected", next)}>
          Protected
        </Switch>
      )}
      {isProtected && (
        <>
          <Field
            label="May move it"
            hint="Nobody named: whoever has MANAGE on the prompt."
            error={errorOf("movers")}
          >
            <PrincipalsField value={movers} onChange={(next) => set("movers", next)} />
          </Field>
          <Switch checked={approval} onChange={(next) => set("approval", next)}>
            A second one has to approve each move
          </Switch>
        </>
      )}
      <Note>
        <RuleEffect alias={alias} isProtected={isProtected} movers={movers} approval={approval} />
      </Note>
    </FormDialog>
  );
}
