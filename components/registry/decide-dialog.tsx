"use client";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Note } from "@/components/ui/note";
import { Segment } from "@/components/ui/segment";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import { approvalDecision, type ModelVersion, type RegisteredModel } from "@/lib/registry";
import { decideApproval } from "@/lib/registry/client";
import { useChanged } from "./use-changed";
import type { Viewer } from "./viewer";

interface DecideDialogProps {
  model: RegisteredModel;
  version: ModelVersion;
  me: Viewer;
  onClose: () => void;
}

const { state, comment } = approvalDecision.shape;
const form = z.object({ state, comment: comment.unwrap() });

/** Says yes or no to a version, or takes one's own request back. */
export function DecideDialog({ model, version, me, onClose }: DecideDialogProps) {
  const changed = useChanged(onClose);
  const { number, approvals } = version;
  const request = approvals.find((each) => each.state === "pending");
  const isOwn = request?.requestedBy.id === me.id;
  const choices = [
    ...(model.may.manage
      ? ([
          { value: "approved", label: "Approve" },
          { value: "rejected", label: "Reject" },
        ] as const)
      : []),
    ...(isOwn ? ([{ value: "withdrawn", label: "Withdraw" }] as const) : []),
  ];
  const fields = useForm({
    schema: form,
    initial: { state: choices[0]?.value ?? "withdrawn", comment: "" },
    send: (values) => decideApproval(model.id, number, values),
    onDone: () => changed(`v${number} is ${fields.values.state}.`),
  });
  const { values, set, errorOf } = fields;
  return (
    <FormDialog
      title={`Decide on v${number}`}
      subtitle={model.name}
      form={fields}
      verb={choices.find(({ value }) => value === values.state)?.label ?? "Decide"}
      consequence={isOwn ? "You asked for this yourself." : "Kept with your name and the date."}
      onClose={onClose}
    >
      {request?.comment && (
        <p className="border-l-2 border-line-strong pl-3 wrap-anywhere whitespace-pre-line">
          {request.comment}
          <span className="block text-small text-fg-subtle">{request.requestedBy.name}</span>
        </p>
      )}
      <div className="flex">
        <Segment
          label="Decision"
          value={values.state}
          onChange={(next) => set("state", next)}
          options={choices}
        />
      </div>
      {values.state === "approved" && !version.isLicenseOpen && !version.licenseAccepted && (
        <Note tone="warn">
          The licence ({version.license}) is not accepted yet. Accept it on the overview of v{number} first.
        </Note>
      )}
      <Field label="Comment" error={errorOf("comment")}>
        <Textarea autoFocus value={values.comment} onChange={(event) => set("comment", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
