"use client";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import { approvalRequest, type ModelVersion, type RegisteredModel } from "@/lib/registry";
import { requestApproval } from "@/lib/registry/client";
import { useChanged } from "./use-changed";

interface RequestDialogProps {
  model: RegisteredModel;
  version: ModelVersion;
  onClose: () => void;
}

/** Asks that a version be approved. */
export function RequestDialog({ model, version, onClose }: RequestDialogProps) {
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: z.object({ comment: approvalRequest.shape.comment.unwrap() }),
    initial: { comment: "" },
    send: (values) => requestApproval(model.id, version.number, values),
    onDone: () => changed(`v${version.number} waits for a decision.`),
  });
  return (
    <FormDialog
      title={`Ask to approve v${version.number}`}
      subtitle={model.name}
      form={fields}
      verb="Ask for approval"
      consequence={`${model.owner ? `${model.owner.name} or an` : "An"} administrator decides, not you, unless nobody else can.`}
      onClose={onClose}
    >
      <Field
        label="Comment"
        hint="What it was tried on, and what it is for."
        error={fields.errorOf("comment")}
      >
        <Textarea
          autoFocus
          value={fields.values.comment}
          onChange={(event) => fields.set("comment", event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
